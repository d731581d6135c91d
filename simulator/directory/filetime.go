package directory

import (
	"time"

	"dirdesk/models"
)

// filetime is a moment as AD stores it: 0 is "not set" for every attribute here.
type filetime = models.FileTime

// FileTime writes a moment as the decimal FILETIME that AD's attributes hold:
// for accountExpires, lockoutTime and pwdLastSet in [Directory.Add].
func FileTime(t time.Time) string { return models.FileTimeOf(t).String() }

// FromFileTime reads a FILETIME that stands for a moment.
func FromFileTime(n int64) time.Time { return models.FileTime(n).Time() }
