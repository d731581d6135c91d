package change

import (
	"fmt"
	"strings"

	"dirdesk/desk"
	"dirdesk/desk/verdict"
	"dirdesk/internal/english"
	"dirdesk/models"
	"dirdesk/ui/message"
)

// report is what became of it all in a sentence.
func (f *Flow) report(outs []desk.Outcome) Report {
	if len(outs) == 1 {
		out := outs[0]
		return Report{Tone: toneOf(out), Words: f.words(out), Err: out.Err, Messages: out.Messages}
	}
	r := Report{Tone: message.Good, Words: counts(outs) + "."}
	for _, out := range outs {
		if out.Verdict != verdict.Done && (r.Err == nil || toneOf(out) > r.Tone) {
			r.Err = out.Err
		}
		if t := toneOf(out); t > r.Tone {
			r.Tone = t
		}
		r.Messages = append(r.Messages, about(out)...)
	}
	if warned := len(desk.Warnings(r.Messages)); warned > 0 {
		r.Words = fmt.Sprintf("%s, with warnings.", strings.TrimSuffix(r.Words, "."))
	}
	return r
}

// about are the messages of one of several outcomes, below its name.
func about(out desk.Outcome) []models.Message {
	if len(out.Messages) == 0 {
		return nil
	}
	return []models.Message{{Kind: models.MessageInformation, Text: called(out), Inner: out.Messages}}
}

// called is how a person calls what an outcome is about.
func called(out desk.Outcome) string {
	if out.Change.Name != "" {
		return out.Change.Name
	}
	return out.Change.DN.RDN().Value
}

// words are what became of one object, for the line at the foot, with a mark of
// what waits for somebody. The desk has put the first warning into them.
func (f *Flow) words(out desk.Outcome) string {
	words := strings.TrimSuffix(out.Words, ".") + "."
	if out.Verdict == verdict.Pending {
		words = f.env.Theme.Glyphs.Pending + " " + words
	}
	if len(out.Messages) > 0 {
		words += " " + f.env.Key("view.error") + " tells all that the server said."
	}
	return words
}

// toneOf is how an outcome is meant. What waits for an approval is neither done
// nor wrong.
func toneOf(out desk.Outcome) message.Tone {
	switch {
	case out.Verdict == verdict.Failed:
		return message.Bad
	case out.Verdict == verdict.Pending:
		return message.Pending
	case out.Verdict != verdict.Done, len(desk.Warnings(out.Messages)) > 0:
		return message.Warning
	case !out.Verified:
		return message.Plain
	default:
		return message.Good
	}
}

// verdicts are all of them, what needs a person's eye first.
func verdicts() []verdict.Verdict {
	return []verdict.Verdict{verdict.Failed, verdict.Unknown, verdict.Pending, verdict.NotTried, verdict.Done}
}

// counts says how many were done, failed, wait for an approval, are unknown and
// were not tried.
func counts(outs []desk.Outcome) string {
	var parts []string
	for _, v := range []verdict.Verdict{verdict.Done, verdict.Failed, verdict.Pending, verdict.Unknown, verdict.NotTried} {
		n := 0
		for _, out := range outs {
			if out.Verdict == v {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, v))
		}
	}
	return english.Own(strings.Join(parts, ", ")).Capital()
}
