package connect

import (
	"context"
	"errors"

	"dirdesk/internal/english"
	"dirdesk/models"
	"dirdesk/theme"
)

// trouble tells a person what went wrong, what the server said, and what to do.
func trouble(t *theme.Theme, err error) []paragraph {
	what, server := err.Error(), ""
	var known *models.Error
	if errors.As(err, &known) {
		what, server = known.Error(), known.Server
	}
	if errors.Is(err, context.DeadlineExceeded) && known == nil {
		what = "the server did not answer in time"
	}
	note := []paragraph{{text: english.Own(what).Capital(), style: t.Bad}}
	if server != "" {
		note = append(note, paragraph{text: "The server says: " + server, style: t.Muted})
	}
	if advice := models.AdviceFor(err); advice != "" {
		note = append(note, paragraph{text: advice, style: t.Text})
	}
	return note
}
