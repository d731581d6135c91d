package place_test

import (
	"testing"

	"dirdesk/test/leaks"
)

// TestMain fails when a goroutine is left.
func TestMain(m *testing.M) { leaks.Main(m) }
