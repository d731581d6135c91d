package activedirectory

import (
	"bytes"
	"context"
	"fmt"
	"image"
	_ "image/jpeg" // the two forms that a photo may have
	_ "image/png"

	"dirdesk/models"
)

const (
	photoAttribute = "thumbnailPhoto"
	photoLimit     = 100 * 1024 // rangeUpper of the attribute in AD's schema
)

// PhotoLimit is the largest photo that the directory takes, in bytes.
func (b *reader) PhotoLimit() int { return photoLimit }

// Photo reads the photo of a user or contact, whatever image it is; nil when there
// is none.
func (b *reader) Photo(ctx context.Context, dn models.DN) ([]byte, error) {
	const action = "read the photo of"
	if err := named(action, dn); err != nil {
		return nil, err
	}
	var photo []byte
	err := b.use(ctx, always, func(c *conn) error {
		entry, err := c.read(ctx, b.silence, string(dn), anything, photoAttribute)
		if err == nil {
			photo = attributesOf(entry).bytes(photoAttribute)
		}
		return err
	})
	if err != nil {
		return nil, resultError(action, string(dn), err)
	}
	return photo, nil
}

// checkPhoto says in words what is wrong with a photo to be set; "" when nothing
// is. None clears it.
func checkPhoto(photo []byte) string {
	if len(photo) == 0 {
		return ""
	}
	if len(photo) > photoLimit {
		return fmt.Sprintf("The photo has %d bytes, and the directory takes %d at most: make it smaller.", len(photo), photoLimit)
	}
	if _, _, err := image.DecodeConfig(bytes.NewReader(photo)); err != nil {
		return "The photo is neither JPEG nor PNG: choose another file."
	}
	return ""
}
