package cli

import (
	"log/slog"
	"os"
)

// openLog gives the logger for this run: JSON lines into the file of --log,
// readable by its owner only, or nothing. Backends keep secrets out of what they
// log; models.Secret does so by itself.
func (p *program) openLog() (*slog.Logger, func() error, error) {
	if p.flags.log == "" {
		return slog.New(slog.DiscardHandler), func() error { return nil }, nil
	}
	file, err := os.OpenFile(p.flags.log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, nil, usagef("--log: %v", err)
	}
	handler := slog.NewJSONHandler(file, &slog.HandlerOptions{Level: slog.LevelDebug})
	return slog.New(handler), file.Close, nil
}
