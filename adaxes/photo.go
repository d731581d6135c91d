package adaxes

import (
	"bytes"
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

// clearedPhoto is the property whose clearing takes the photo away (guess: no
// page says how; photos are said to stand there, or in Exchange).
const clearedPhoto = "thumbnailPhoto"

var clearPhoto = models.PropertyChange{Name: clearedPhoto, Type: models.OctetString}
