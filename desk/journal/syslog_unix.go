//go:build !windows && !plan9

package journal

import (
	"bytes"
	"errors"
	"fmt"
	"log/syslog"
	"slices"
)

// mostLogged is up to how much a system's log takes in one message everywhere.
const mostLogged = 7 << 10

// toSyslog sends a line to the system's log, a long one in parts that say which
// they are.
func toSyslog(id string, line []byte) (err error) {
	log, err := syslog.New(syslog.LOG_NOTICE|syslog.LOG_AUTH, "dirdesk")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	line = bytes.TrimSpace(line)
	if len(line) <= mostLogged {
		if len(line) > 0 {
			_, err = log.Write(line)
		}
		return err
	}
	parts := slices.Collect(slices.Chunk(line, mostLogged))
	for i, part := range parts {
		if _, err := fmt.Fprintf(log, "%s part %d of %d: %s", id, i+1, len(parts), part); err != nil {
			return err
		}
	}
	return nil
}
