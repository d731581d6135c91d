package request

import (
	"bytes"
	"encoding/json"
)

// pretty indents JSON; anything else stays as it is.
func pretty(answer []byte) string {
	var out bytes.Buffer
	if json.Indent(&out, answer, "", "  ") != nil {
		return string(answer)
	}
	return out.String()
}
