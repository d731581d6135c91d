package synology

import (
	"bytes"
	"encoding/json"
	"strings"

	"dirdesk/internal/rawjson"
	"dirdesk/internal/webclient"
	"dirdesk/models"
)

// decodeEnvelope takes the data out of the envelope that is around every answer
// (docs/dsm.md section 1). The error is a *failure, or a *models.Error of kind
// ErrProtocol for a body that is no envelope.
func decodeEnvelope(body []byte) (json.RawMessage, error) {
	e, ok := rawjson.ParseObject(body)
	_, fails := e["error"]
	switch success := e.Flag("success"); {
	case ok && success == models.Yes:
		return e["data"], nil
	case ok && (fails || success == models.No):
		return nil, parseFailure(e["error"])
	default:
		return nil, notEnvelope(body)
	}
}

// notEnvelope tells the ways apart in which an answer is not DSM's. The server's
// words in it are as they came.
func notEnvelope(body []byte) error {
	const most = 1 << 20
	err := json.Unmarshal(body, new(json.RawMessage))
	text := bytes.TrimSpace(body)
	words, advice := "the answer is not DSM's", "Check that host and port lead to DSM itself, not to another web page."
	switch {
	case len(text) == 0:
		words, advice = "the answer is empty", adviceServer
	case text[0] == '{' && err != nil && strings.Contains(err.Error(), "unexpected end of JSON input"):
		words, advice = "the answer was cut off", adviceServer
	}
	e := webclient.Fault(models.ErrProtocol, words, advice)
	e.Server, e.Err = string(body[:min(len(body), most)]), err
	return e
}

// members are those of a JSON object that is known to be valid; none of what is no
// object.
func members(raw json.RawMessage) rawjson.Object { return rawjson.ObjectOf(raw) }

func first(raw []byte) byte { return rawjson.First(raw) }

// isNothing reports null, the empty text and a member that is missing.
func isNothing(raw json.RawMessage) bool {
	return rawjson.Scalar(raw) == "" && first(raw) != '[' && first(raw) != '{'
}

// totalOf reads a count of objects.
func totalOf(answer rawjson.Object) (total int, counted bool) {
	n, ok := answer.Int("total")
	if !ok {
		return models.UnknownTotal, false
	}
	if n < 0 || n >= 1<<31 {
		return models.UnknownTotal, true
	}
	return int(n), true
}
