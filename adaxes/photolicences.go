package adaxes

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image/jpeg"
	"image/png"
	"net/url"
	"strings"

	"dirdesk/internal/rawjson"
	"dirdesk/models"
)

// photoLimit is the most that AD's thumbnailPhoto holds, in bytes (Microsoft).
const photoLimit = 100 << 10

// wrongPhoto says why an image is none that we would set; "" when it is one.
func wrongPhoto(data []byte) string {
	if len(data) > photoLimit {
		return fmt.Sprintf("%d bytes are more than the %d that a photo may have", len(data), photoLimit)
	}
	if _, err := jpeg.DecodeConfig(bytes.NewReader(data)); err == nil {
		return ""
	}
	if _, err := png.DecodeConfig(bytes.NewReader(data)); err == nil {
		return ""
	}
	return "neither a JPEG nor a PNG image"
}

const actionPhoto = "read the photo of"

// Photo is the photo of a user or contact, whatever kind of image it is; nil when
// there is none.
func (s *sheets) Photo(ctx context.Context, ref models.Ref) ([]byte, error) {
	e, err := s.getFor(ctx, actionPhoto, idOf(ref), clearedPhoto)
	if err != nil {
		return nil, err
	}
	if e.text(clearedPhoto) == "" {
		return nil, nil
	}
	photo, ok := photoOf(e)
	if !ok {
		return nil, errorOf(models.ErrProtocol, actionPhoto, string(ref.DN), "the photo is not told in a form that is known", adviceReport)
	}
	return photo, nil
}

// PhotoLimit is the most that a photo may have, in bytes.
func (s *sheets) PhotoLimit() int { return photoLimit }

// pathAccount tells of a user's Microsoft 365 account, up to Adaxes 2023.2
// (official); later versions tell of it with the object.
const pathAccount = "/api/directoryObjects/o365Account/properties"

const actionLicences = "read the licences of"

// Licences are a user's Microsoft 365 licences. It is models.ErrUnsupported when
// the server tells of them in neither way that is known.
func (s *sheets) Licences(ctx context.Context, ref models.Ref) (models.Licences, error) {
	e, err := s.getFor(ctx, actionLicences, idOf(ref))
	if err != nil {
		return models.Licences{}, err
	}
	if !canHaveLicences("", e.objectType) {
		return models.Licences{}, untold(ref.DN, "only users have Microsoft 365 licences", "Choose a user.")
	}
	if told, ok := parseAccount(e.members[accountMember(e)]); ok {
		return told, nil
	}
	body, err := s.call(ctx, reading(pathAccount, url.Values{"directoryObject": {idOf(ref)}}, actionLicences, string(ref.DN)))
	if errors.Is(err, models.ErrNotFound) || errors.Is(err, models.ErrUnsupported) {
		// The object is there: it is the way that is not.
		return models.Licences{}, untold(ref.DN, "this server does not tell of Microsoft 365 licences", "Look in Adaxes' web interface; licences can be changed nevertheless.")
	}
	if err != nil {
		return models.Licences{}, err
	}
	if told, ok := parseAccount(body); ok {
		return told, nil
	}
	return models.Licences{}, errorOf(models.ErrProtocol, actionLicences, string(ref.DN), "the licences are not told in a form that is known", adviceReport)
}

func untold(dn models.DN, words, advice string) error {
	return errorOf(models.ErrUnsupported, actionLicences, string(dn), words, advice)
}

// parseAccount reads a Microsoft 365 account as it is told (official).
func parseAccount(raw json.RawMessage) (models.Licences, bool) {
	members, ok := rawjson.ParseObject(raw)
	if !ok {
		return models.Licences{}, false
	}
	told := models.Licences{
		HasAccount: members.Flag("iscreated") == models.Yes,
		Location:   members.Text("locationname"), SignInBlocked: members.Flag("signinblocked"),
	}
	elements, listed := rawjson.ParseList(members["licenses"])
	if !listed && !rawjson.IsNull(members["licenses"]) {
		return models.Licences{}, false
	}
	for _, element := range elements {
		licence, ok := rawjson.ParseObject(element)
		sku, named := rawjson.ParseObject(licence["sku"])
		if !ok || !named {
			continue
		}
		l := models.Licence{
			SKU: sku.Text("skupartnumber"), Name: strings.TrimSpace(sku.Text("displayname")),
			Assigned: licence.Flag("assigned") == models.Yes,
		}
		if n, ok := licence.Int("consumedunits"); ok {
			l.Consumed = int(n)
		}
		if n, ok := licence.Int("totalunits"); ok {
			l.Total = int(n)
		}
		if l.SKU != "" {
			told.Licences = append(told.Licences, l)
		}
	}
	_, created := members["iscreated"]
	return told, created || listed
}
