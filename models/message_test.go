package models_test

import (
	"slices"
	"testing"

	"dirdesk/models"
)

// Who listened first goes on hearing when somebody inside listens too.
func TestListenersHearTogether(t *testing.T) {
	var heard []string
	ctx := models.WithListener(t.Context(), models.Listener{
		Message: func(m models.Message) { heard = append(heard, "outer "+m.Text) },
		Answer:  func(body []byte) { heard = append(heard, "outer "+string(body)) },
	})
	ctx = models.WithListener(ctx, models.Listener{
		Message:  func(m models.Message) { heard = append(heard, "inner "+m.Text) },
		Progress: func(words string) { heard = append(heard, "inner "+words) },
	})
	l := models.ListenerOf(ctx)
	l.Message(models.Message{Text: "message"})
	l.Progress("progress")
	l.Answer([]byte("answer"))
	want := []string{"outer message", "inner message", "inner progress", "outer answer"}
	if !slices.Equal(heard, want) {
		t.Errorf("heard %q, want %q", heard, want)
	}
}

func TestNobodyListens(t *testing.T) {
	l := models.ListenerOf(t.Context())
	l.Message(models.Message{})
	l.Progress("")
	l.Answer(nil)
}
