package desk

import (
	"context"

	"dirdesk/models"
)

type progressKey struct{}

// WithProgress has [Desk.Apply] tell, for a screen's spinner, how a write that
// takes long is going: heard is called with the index of the step in the plan
// and the server's state in words ("still at work, 12 s"), in the goroutine
// that ranges over the outcomes, as long as the backend speaks in it. A
// models.Listener in the context hears the same without the step.
func WithProgress(ctx context.Context, heard func(step int, words string)) context.Context {
	return context.WithValue(ctx, progressKey{}, heard)
}

func progressOf(ctx context.Context) func(step int, words string) {
	heard, _ := ctx.Value(progressKey{}).(func(int, string))
	if heard == nil {
		return func(int, string) {}
	}
	return heard
}

// hearing has the messages of one step collected.
func hearing(ctx context.Context, step int) (context.Context, *ear) {
	e := new(ear)
	heard := progressOf(ctx)
	return models.WithListener(ctx, models.Listener{
		Message:  e.hear,
		Progress: func(words string) { heard(step, words) },
	}), e
}
