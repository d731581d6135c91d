package adaxes

import (
	"bytes"
	"fmt"
	"image/jpeg"
	"image/png"
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
