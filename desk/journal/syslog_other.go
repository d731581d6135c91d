//go:build windows || plan9

package journal

import "errors"

func toSyslog(string, []byte) error { return errors.New("this system has no syslog; copy to a file") }
