package models

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// Who waits is told every 30 seconds that nothing comes, and not while something does.
func TestAWaitForASilentServerIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		words := make(chan string, 10)
		heard := func() (said []string) {
			for len(words) > 0 {
				said = append(said, <-words)
			}
			return said
		}
		ctx := WithListener(t.Context(), Listener{Quiet: func(text string) { words <- text }})
		w := Await(ctx, "dc:636")
		for range 5 {
			time.Sleep(20 * time.Second)
			w.Heard()
		}
		synctest.Wait()
		if said := heard(); len(said) != 0 {
			t.Errorf("said %q while it sent", said)
		}
		time.Sleep(65 * time.Second)
		w.Stop()
		time.Sleep(time.Hour)
		synctest.Wait()
		want := []string{"dc:636 has sent nothing for 30 s; Ctrl-C ends the wait", "dc:636 has sent nothing for 60 s; Ctrl-C ends the wait"}
		if said := heard(); !slices.Equal(said, want) {
			t.Errorf("said %q", said)
		}
		quiet := Await(t.Context(), "dc:636") // where nobody listens
		quiet.Heard()
		quiet.Stop()
	})
}
