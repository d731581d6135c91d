package models

import (
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"dirdesk/models/moment"
)

// bytesType is bytes, written as Base64 with its padding.
type bytesType struct{ unknownType }

func (bytesType) name() string                     { return "OctetString" }
func (bytesType) words() string                    { return "bytes" }
func (bytesType) alike() PropertyType              { return OctetString }
func (bytesType) editor() Editor                   { return EditBytes }
func (bytesType) hint(string, moment.Clock) string { return "Bytes as Base64, or a file." }

// parse takes Base64 with and without its padding, and over several lines.
func (bytesType) parse(_, text string, _ moment.Clock) (value, wrong string) {
	text = strings.Join(strings.Fields(text), "")
	if b, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "=")); err == nil {
		return base64.StdEncoding.EncodeToString(b), ""
	}
	return text, ""
}

func (bytesType) check(value string) string {
	if _, err := base64.StdEncoding.DecodeString(value); err != nil {
		return "these are no bytes in Base64"
	}
	return ""
}

func (bytesType) same(a, b string) bool {
	x, errX := base64.StdEncoding.DecodeString(a)
	y, errY := base64.StdEncoding.DecodeString(b)
	return errX == nil && errY == nil && string(x) == string(y)
}

// shownBytes is how many bytes are shown one by one.
const shownBytes = 8

// format decodes no more than is shown: a value may be a photo.
func (bytesType) format(_, value string, _ *time.Location) string {
	head := value[:min(len(value), (shownBytes+2)/3*4)]
	b, err := base64.StdEncoding.DecodeString(head)
	if err != nil {
		return value
	}
	size := base64.StdEncoding.DecodedLen(len(value)) - strings.Count(value[max(len(value)-2, 0):], "=")
	switch {
	case size == 0:
		return "no bytes"
	case size == 1:
		return fmt.Sprintf("1 byte: %x", b)
	case size > shownBytes:
		return fmt.Sprintf("%d bytes: % x ..", size, b[:shownBytes])
	default:
		return fmt.Sprintf("%d bytes: % x", size, b)
	}
}
