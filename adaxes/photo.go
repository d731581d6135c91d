package adaxes

import (
	"bytes"
	"context"
	"fmt"
	"image/jpeg"
	"image/png"

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
func (s *sheets) Photo(ctx context.Context, dn models.DN) ([]byte, error) {
	e, err := s.getFor(ctx, actionPhoto, string(dn), clearedPhoto)
	if err != nil {
		return nil, err
	}
	if e.text(clearedPhoto) == "" {
		return nil, nil
	}
	photo, ok := photoOf(e)
	if !ok {
		return nil, &models.Error{
			Kind:   models.InWords("the photo is not told in a form that is known", models.ErrProtocol),
			Action: actionPhoto, Object: string(dn), Advice: adviceReport,
		}
	}
	return photo, nil
}

// PhotoLimit is the most that a photo may have, in bytes.
func (s *sheets) PhotoLimit() int { return photoLimit }
