package adaxes

import (
	"encoding/json"
	"slices"
	"strings"

	"dirdesk/internal/rawjson"
	"dirdesk/internal/webclient"
	"dirdesk/models"
)

// result is what became of an operation (docs/adaxes.md section 5).
type result struct {
	kind     int64 // resultSucceeded, ...
	dn       models.DN
	messages []models.Message
	failure  string // the exception's words; "" for none
}

// Values of resultType (official).
const (
	resultSucceeded = 0
	resultFailed    = 1
	resultSuspended = 2 // sent for approval
)

// parseResult reads an operation result; ok is false for what is none.
func parseResult(body []byte, clean webclient.Scrubber) (result, bool) {
	members, ok := rawjson.ParseObject(body)
	if !ok {
		return result{}, false
	}
	r := result{dn: models.DN(members.Text("actualobjectdn"))}
	if r.kind, ok = enumOf(members["resulttype"], resultNames()); !ok {
		return result{}, false
	}
	if exception, ok := rawjson.ParseObject(members["exception"]); ok {
		if r.failure = clean.Text(exception.Text("message")); r.failure == "" {
			r.failure = clean.Excerpt(members["exception"])
		}
	} else {
		r.failure = clean.Text(members.Text("exception"))
	}
	r.messages = messagesOf(members["innermessages"], clean, 0)
	return r, true
}

// maxMessageDepth bounds the tree of messages.
const maxMessageDepth = 16

func messagesOf(raw json.RawMessage, clean webclient.Scrubber, depth int) []models.Message {
	elements, ok := rawjson.ParseList(raw)
	if !ok || depth >= maxMessageDepth {
		return nil
	}
	var messages []models.Message
	for _, element := range elements {
		members, ok := rawjson.ParseObject(element)
		if !ok {
			continue
		}
		kind, ok := enumOf(members["messagetype"], messageNames())
		if !ok || kind < 0 || kind > int64(models.MessageAuditSuccess) {
			kind = int64(models.MessageInformation)
		}
		messages = append(messages, models.Message{
			Source: clean.Text(members.Text("source")), Text: clean.Text(members.Text("text")),
			Kind: models.MessageKind(kind), Inner: messagesOf(members["innermessages"], clean, depth+1),
		})
	}
	return messages
}

// enumOf reads a value that is written as a number or by its name.
func enumOf(raw json.RawMessage, names []string) (int64, bool) {
	if n, ok := rawjson.Int(raw); ok {
		return n, true
	}
	i := slices.Index(names, strings.ToLower(rawjson.Scalar(raw)))
	return int64(i), i >= 0
}

// warns reports whether there is a warning or an error among messages.
func warns(messages []models.Message) bool {
	return slices.ContainsFunc(messages, func(m models.Message) bool {
		return m.Kind == models.MessageError || m.Kind == models.MessageWarning || warns(m.Inner)
	})
}

// gist joins the texts of the messages that say something is wrong, or of all
// when none does.
func gist(messages []models.Message) string {
	if !warns(messages) {
		return strings.Join(texts(messages, false), "; ")
	}
	return strings.Join(texts(messages, true), "; ")
}

func texts(messages []models.Message, onlyWrong bool) []string {
	var all []string
	for _, m := range messages {
		wrong := m.Kind == models.MessageError || m.Kind == models.MessageWarning
		if m.Text != "" && (wrong || !onlyWrong) {
			all = append(all, m.Text)
		}
		all = append(all, texts(m.Inner, onlyWrong)...)
	}
	return all
}
