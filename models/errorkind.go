package models

import (
	"errors"
)

// Kind is a kind of error, and all that follows from it: what a person is told,
// what to do about it, whether a write that ended in it may have been made, and
// how a command ends. Every backend maps its codes to a kind; test for one with
// errors.Is.
type Kind struct {
	label  string
	advice string
	after  afterWrite
	exit   int
}

// afterWrite is what is certain of a write that ended in an error.
type afterWrite uint8

const (
	_           afterWrite = iota
	nothingDone            // it was not made
	mayBeDone              // nobody knows before having looked
)

// Exit codes of the program for what the directory, or the way to it, said.
const (
	ExitRefused = 1 // the directory said no
	ExitConnect = 3 // could not connect or sign in
	ExitUnknown = 4 // sent, and nobody knows what became of it
	ExitPending = 5 // sent, and somebody has to approve it first
	// ExitIncomplete: not all could be read; what was read is printed and marked.
	ExitIncomplete = 6
)

func kind(label, advice string, after afterWrite, exit int) error {
	return &Kind{label, advice, after, exit}
}

// The kinds of error.
var (
	ErrNotFound    = kind("no such object", "It may have been moved, renamed or deleted: refresh, or check the name.", nothingDone, ExitRefused)
	ErrExists      = kind("exists already", "Choose another name.", nothingDone, ExitRefused)
	ErrDenied      = kind("permission denied", "Sign in with an account that has the permission, or ask for it.", nothingDone, ExitRefused)
	ErrPolicy      = kind("against the directory's policy", "The directory's rules do not allow it: the server's own words may say which.", nothingDone, ExitRefused)
	ErrInvalid     = kind("not accepted as valid", "Correct what was given, then try again.", nothingDone, ExitRefused)
	ErrNotEmpty    = kind("not empty", "Delete or move what is in it first.", nothingDone, ExitRefused)
	ErrUnsupported = kind("not possible on this connection", "Choose another kind of connection for it.", nothingDone, ExitRefused)
	ErrBusy        = kind("busy", "Try again in a moment.", nothingDone, ExitRefused)
	ErrSession     = kind("session ended", "Sign in again.", nothingDone, ExitConnect)
	ErrUnreachable = kind("not reachable", "Check the host, the port and the network (is a VPN needed?), then try again.", nothingDone, ExitConnect)
	ErrServer      = kind("the server failed", "Try again in a moment; if it stays so, look into the server's log.", nothingDone, ExitRefused)

	ErrProtocol = kind("answer not understood",
		"Check that this host and port are the kind of server that was chosen; if they are, report it.", mayBeDone, ExitRefused)
	ErrUnknownOutcome = kind("outcome unknown", "Look whether it was done before you try again.", mayBeDone, ExitUnknown)
	// ErrPending: the server took the write and has not done it, as somebody
	// has to approve it first.
	ErrPending = kind("sent for approval",
		"Nothing has changed yet. Do not send it again: that would ask a second time.", nothingDone, ExitPending)
)

// The kinds of error of signing in.
var (
	ErrCredentials = kind("account or password not accepted",
		"Check the account and the password. Several wrong ones may lock the account.", nothingDone, ExitConnect)
	ErrAccountState = kind("account cannot sign in",
		"An administrator must look at this account: it may be disabled, expired, locked out, or due for a new password. Another account may do.",
		nothingDone, ExitConnect)
	ErrCodeRequired = kind("one-time code required",
		"Enter the code that the authenticator app shows now. For a script, sign in on a terminal once and have this device remembered.",
		nothingDone, ExitConnect)
	ErrCodeRejected = kind("one-time code not accepted",
		"Enter the code that the authenticator app shows now; a code works once. If none is accepted, check the clock of the device that makes them.",
		nothingDone, ExitConnect)
	ErrBlocked = kind("this computer is blocked for a while",
		"Wait until the block ends, or have an administrator of the server lift it. Trying on may prolong it.", nothingDone, ExitConnect)
	ErrCertificate = kind("certificate not trusted",
		"Compare its fingerprint with the server's own, then trust it, or name the authority that signed it.", nothingDone, ExitConnect)
	ErrCertChanged = kind("certificate changed",
		"Somebody may be in between: ask whoever runs the server. If it has a new certificate, run dirdesk trust forget HOST and connect again; if not, do not go on.", nothingDone, ExitConnect)
	ErrNotAuthorized = kind("account may not use this service",
		"Use an account that may use this service, or have an administrator allow it.", nothingDone, ExitConnect)
)

// Error is the label of the kind.
func (k *Kind) Error() string { return k.label }

// Advice is what to do about an error of the kind.
func (k *Kind) Advice() string { return k.advice }

// KindOf is the kind of an error, the outermost where there are several; nil
// where it has none.
func KindOf(err error) *Kind {
	var k *Kind
	_ = errors.As(err, &k) // nil is the answer where there is none
	return k
}

// AdviceFor is what to do about an error: what it says itself, else what its
// kind says; "" where nobody knows.
func AdviceFor(err error) string {
	var known *Error
	if errors.As(err, &known) && known.Advice != "" {
		return known.Advice
	}
	if k := KindOf(err); k != nil {
		return k.advice
	}
	return ""
}

// ExitCode is how a command ends with an error.
func ExitCode(err error) int {
	if k := KindOf(err); k != nil {
		return k.exit
	}
	return ExitRefused
}

// MayBeDone reports whether an error leaves open if a write was made. Only where
// a kind in it says that nothing was done, and none that the answer was lost, is
// that certain.
func MayBeDone(err error) bool {
	return err != nil && (errors.Is(err, ErrUnknownOutcome) || !saysNothingDone(err))
}

// saysNothingDone reports whether an error, or one below it, is of a kind after
// which nothing was done.
func saysNothingDone(err error) bool {
	if k, is := err.(*Kind); is {
		return k.after == nothingDone
	}
	switch e := err.(type) {
	case interface{ Unwrap() error }:
		return saysNothingDone(e.Unwrap())
	case interface{ Unwrap() []error }:
		for _, below := range e.Unwrap() {
			if saysNothingDone(below) {
				return true
			}
		}
	}
	return false
}

// InWords is a kind in the words of one case. It is the kind still.
func InWords(words string, kind error) error { return worded{words, kind} }

type worded struct {
	words string
	kind  error
}

func (w worded) Error() string { return w.words }

func (w worded) Unwrap() error { return w.kind }
