package adaxes

import (
	"context"
	"net/http"
	"slices"

	"dirdesk/models"
)

const actionModify = "modify"

// EditProperties changes any properties of an object, its Microsoft 365 licences
// and its photo, by one request; a name among the properties renames it. A
// request that a person wrote is sent byte for byte, when it is about the object
// and means what the modification says.
func (s *sheets) EditProperties(ctx context.Context, ref models.Ref, m models.Modification) (models.DN, error) {
	text, err := s.modificationBody(ctx, ref, m)
	if err != nil {
		return "", err
	}
	done, err := s.operate(ctx, request{
		verb: http.MethodPatch, path: pathObjects, body: text, action: actionModify, object: string(ref.DN), write: true,
	})
	if err != nil {
		return "", err
	}
	if done.dn == "" {
		return ref.DN, nil
	}
	return done.dn, nil
}

// modificationBody is what will be sent.
func (s *sheets) modificationBody(ctx context.Context, ref models.Ref, m models.Modification) ([]byte, error) {
	dn := ref.DN
	if m.Request != nil {
		return m.Request, s.vouch(ctx, ref, m)
	}
	if _, err := models.ParseDN(string(dn)); err != nil {
		return nil, invalid(actionModify, string(dn), "no object is named", "Name the object by its DN.")
	}
	if len(m.Others) > 0 {
		return nil, invalid(actionModify, string(dn), m.Others[0].Path+" stands in no request", adviceReport)
	}
	account := ""
	if m.PhotoSet || len(m.Licences) > 0 {
		e, err := s.getFor(ctx, actionModify, idOf(ref))
		if err != nil {
			return nil, err
		}
		if err := fits(dn, e, m); err != nil {
			return nil, err
		}
		account = accountMember(e)
	}
	text, err := encodeModification(idOf(ref), m, account)
	if err != nil {
		return nil, notAccepted(dn, err)
	}
	return text, nil
}

// fits refuses what this kind of object cannot have, which is official.
func fits(dn models.DN, e entry, m models.Modification) error {
	words := ""
	switch {
	case m.PhotoSet && !canHavePhoto("", e.objectType):
		words = "only users and contacts have a photo"
	case len(m.Licences) > 0 && !canHaveLicences("", e.objectType):
		words = "only users have Microsoft 365 licences"
	default:
		return nil
	}
	return errorOf(models.ErrUnsupported, actionModify, string(dn), words, "Leave that part out.")
}

// vouch makes sure that a request as a person wrote it does what its plan says:
// it is one that passes Check, to this object, and means what m says.
func (s *sheets) vouch(ctx context.Context, ref models.Ref, m models.Modification) error {
	dn := ref.DN
	written, err := Check(m.Request)
	if err != nil {
		return notAccepted(dn, err)
	}
	if !sameMeaning(written.Modification, m) {
		return invalid(actionModify, string(dn), "the request means something else than what was planned", adviceReport)
	}
	named := models.DN(written.Object)
	if _, err := models.ParseDN(written.Object); err != nil {
		e, err := s.getFor(ctx, actionModify, written.Object)
		if err != nil {
			return err
		}
		named = e.dn
	}
	if !named.Equal(dn) {
		return invalid(actionModify, string(dn), "the request is about another object: "+string(named), "Look at the request again.")
	}
	return nil
}

// sameMeaning reports whether two modifications do the same. What was there before
// does not count.
func sameMeaning(a, b models.Modification) bool {
	return a.PhotoSet == b.PhotoSet && slices.Equal(a.Photo, b.Photo) && slices.Equal(a.Licences, b.Licences) && slices.Equal(a.Others, b.Others) &&
		slices.EqualFunc(a.Properties, b.Properties, func(p, q models.PropertyChange) bool {
			return p.Name == q.Name && p.Type == q.Type && p.Masked == q.Masked && p.Mask == q.Mask &&
				p.Operation == q.Operation && slices.Equal(p.Values, q.Values)
		})
}
