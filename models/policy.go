package models

import "time"

// PasswordPolicy is what the domain asks of a password. The zero value is
// unknown: nothing was told.
type PasswordPolicy struct {
	Known      bool
	MinLength  int  // in characters
	Complexity bool // three of: capitals, small letters, digits, others; not the account's name
	History    int  // passwords that may not come again when a person chooses one
	MaxAge     time.Duration
	MinAge     time.Duration
	LockAfter  int // wrong passwords; 0: never
	LockFor    time.Duration
}
