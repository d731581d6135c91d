package synology

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"

	"dirdesk/models"
)

// envelope is around every answer (docs/dsm.md section 1).
type envelope struct {
	Success *looseBool      `json:"success"`
	Data    json.RawMessage `json:"data"`
	Error   json.RawMessage `json:"error"`
}

// decodeEnvelope gives the data, a *failure, or a *models.Error of kind
// ErrProtocol for a body that is no envelope.
func decodeEnvelope(body []byte) (json.RawMessage, error) {
	var e envelope
	if err := json.Unmarshal(body, &e); err != nil {
		return nil, notEnvelope(body, err)
	}
	switch {
	case e.Success != nil && e.Success.flag == models.Yes:
		return e.Data, nil
	case e.Success != nil && e.Success.flag == models.No, len(e.Error) > 0:
		return nil, parseFailure(e.Error)
	default:
		return nil, notEnvelope(body, nil)
	}
}

// notEnvelope tells the ways apart in which an answer is not DSM's. Its words
// are for the caller to add.
func notEnvelope(body []byte, err error) error {
	e := &models.Error{Err: err}
	text := bytes.TrimSpace(body)
	switch {
	case len(text) == 0:
		e.Kind = reason{"the answer is empty", models.ErrProtocol}
		e.Advice = "Try again; if it stays, look at the server."
	case text[0] == '{' && err != nil && strings.Contains(err.Error(), "unexpected end of JSON input"):
		e.Kind = reason{"the answer was cut off", models.ErrProtocol}
		e.Advice = "Try again; if it stays, look at the server."
	default:
		e.Kind = reason{"the answer is not DSM's", models.ErrProtocol}
		e.Advice = "Check that host and port lead to DSM itself, not to another web page."
	}
	return e
}

// excerpt is the beginning of a body for the detail of an error.
func excerpt(body []byte) string {
	const most = 200
	text := strings.ToValidUTF8(string(body[:min(len(body), 4*most)]), "")
	text = strings.Join(strings.Fields(text), " ")
	if len(text) <= most {
		return text
	}
	cut := most
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + "..."
}
