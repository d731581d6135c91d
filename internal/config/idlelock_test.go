package config

import (
	"testing"
	"time"
)

func TestIdleLock(t *testing.T) {
	c, err := parse([]byte("idle_lock = \"10m\"\n"))
	if err != nil || c.IdleLock != 10*time.Minute {
		t.Fatalf("%s, %v", c.IdleLock, err)
	}
	text, err := c.encode()
	if err != nil {
		t.Fatal(err)
	}
	if again, err := parse(text); err != nil || again.IdleLock != c.IdleLock {
		t.Errorf("written and read again: %s, %v\n%s", again.IdleLock, err, text)
	}
	for _, wrong := range []string{`idle_lock = "10"`, `idle_lock = "5s"`, `idle_lock = "-10m"`} {
		if _, err := parse([]byte(wrong)); err == nil {
			t.Errorf("%s is taken", wrong)
		}
	}
	if none, err := parse(nil); err != nil || none.IdleLock != 0 {
		t.Errorf("without it: %s, %v", none.IdleLock, err)
	}
}
