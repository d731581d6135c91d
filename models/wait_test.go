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
		var said []string
		ctx := WithListener(t.Context(), Listener{Quiet: func(words string) { said = append(said, words) }})
		w := Await(ctx, "dc:636")
		for range 5 {
			time.Sleep(20 * time.Second)
			w.Heard()
		}
		synctest.Wait()
		if len(said) != 0 {
			t.Errorf("said %q while it sent", said)
		}
		time.Sleep(65 * time.Second)
		w.Stop()
		time.Sleep(time.Hour)
		synctest.Wait()
		want := []string{"dc:636 has sent nothing for 30 s; Ctrl-C ends the wait", "dc:636 has sent nothing for 60 s; Ctrl-C ends the wait"}
		if !slices.Equal(said, want) {
			t.Errorf("said %q", said)
		}
		quiet := Await(t.Context(), "dc:636") // where nobody listens
		quiet.Heard()
		quiet.Stop()
	})
}
