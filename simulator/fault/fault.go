// Package fault names the ways in which a server misbehaves, and counts calls
// to decide when it does. It performs nothing itself: whoever serves calls asks
// an [Injector] about each one and acts on the answer.
//
// A fault is written
//
//	KIND[=VALUE]@API.METHOD[#N]
//
// API names hold dots themselves, so METHOD is what stands after the last one.
// Either may be "*" for any, and "*" alone is any call at all. Without #N every
// such call is hit, with it only the Nth since the fault was put in.
package fault

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Kind is the way in which a call goes wrong.
type Kind string

// The kinds of fault. Whether the call's work is done is part of each.
const (
	// DropBefore cuts the connection before any work.
	DropBefore Kind = "drop-before"
	// DropAfter does the work and cuts the connection instead of answering.
	DropAfter Kind = "drop-after"
	// HTML502 does no work and answers as a proxy whose backend is gone:
	// status 502 with an HTML page.
	HTML502 Kind = "html-502"
	// HTML500 does no work and answers as a web server whose application broke
	// down: status 500 with an HTML page.
	HTML500 Kind = "html-500"
	// Truncate does the work and sends only the first half of the JSON.
	Truncate Kind = "truncate"
	// Slow does the work at once and lets the body trickle out over a duration.
	Slow Kind = "slow"
	// Expire ends the caller's session just before the call is checked.
	Expire Kind = "expire"
	// Deny does no work and answers with an error code.
	Deny Kind = "deny"
	// Stall answers a question about a task as if it had not got on.
	Stall Kind = "stall"
	// FailTask ends the task that is asked about: what is left of it fails.
	FailTask Kind = "fail-task"
	// Status answers a question about a domain update with a word of its own.
	Status Kind = "status"
)

// Kinds are all kinds, in the order in which a manual would list them.
func Kinds() []Kind {
	return []Kind{DropBefore, DropAfter, HTML502, HTML500, Truncate, Slow, Expire, Deny, Stall, FailTask, Status}
}

// Any stands for every API or every method.
const Any = "*"

// Spec is one fault and the calls it hits.
type Spec struct {
	Kind   Kind
	Slow   time.Duration // of Slow: how long the body takes
	Code   int           // of Deny: the error code to answer; of the API "adaxes" an HTTP status
	Word   string        // of Status: what to say
	API    string        // "SYNO.ActiveDirectory.Directory", or Any
	Method string        // "list", or Any
	Nth    int           // 1 for the first such call, ...; 0 for all of them
}

// Parse reads KIND[=VALUE]@API.METHOD[#N]. Its errors say which part is wrong
// and what may stand there.
func Parse(text string) (Spec, error) {
	what, where, found := strings.Cut(text, "@")
	if !found {
		return Spec{}, fmt.Errorf("fault %q: no @: want KIND[=VALUE]@API.METHOD[#N]", text)
	}
	spec, err := parseKind(what)
	if err == nil {
		err = spec.parseTarget(where)
	}
	if err != nil {
		return Spec{}, fmt.Errorf("fault %q: %w", text, err)
	}
	return spec, nil
}

// parseKind reads KIND[=VALUE].
func parseKind(text string) (Spec, error) {
	name, value, hasValue := strings.Cut(text, "=")
	spec := Spec{Kind: Kind(name)}
	switch spec.Kind {
	case Slow:
		d, err := time.ParseDuration(value)
		if err != nil || d <= 0 {
			return Spec{}, fmt.Errorf("slow needs a duration as in slow=2s")
		}
		spec.Slow = d
	case Deny:
		code, err := strconv.Atoi(value)
		if err != nil || code <= 0 {
			return Spec{}, fmt.Errorf("deny needs an error code as in deny=105")
		}
		spec.Code = code
	case Status:
		if value == "" {
			return Spec{}, fmt.Errorf("status needs a word as in status=paused")
		}
		spec.Word = value
	case DropBefore, DropAfter, HTML502, HTML500, Truncate, Expire, Stall, FailTask:
		if hasValue {
			return Spec{}, fmt.Errorf("%s takes no value", name)
		}
	default:
		return Spec{}, fmt.Errorf("no such kind %q: want one of %s", name, kindNames())
	}
	return spec, nil
}

func kindNames() string {
	var names []string
	for _, k := range Kinds() {
		names = append(names, string(k))
	}
	return strings.Join(names, ", ")
}

// parseTarget reads API.METHOD[#N].
func (s *Spec) parseTarget(text string) error {
	target, nth, counted := strings.Cut(text, "#")
	if counted {
		n, err := strconv.Atoi(nth)
		if err != nil || n < 1 {
			return fmt.Errorf("after # comes which call to hit, from 1 on, not %q", nth)
		}
		s.Nth = n
	}
	if target == Any {
		s.API, s.Method = Any, Any
		return nil
	}
	dot := strings.LastIndexByte(target, '.')
	if dot < 0 {
		return fmt.Errorf("after @ comes API.METHOD or *, not %q", target)
	}
	s.API, s.Method = target[:dot], target[dot+1:]
	if s.API == "" || s.Method == "" {
		return fmt.Errorf("after @ comes API.METHOD or *, not %q", target)
	}
	return nil
}

// String gives the form that Parse reads.
func (s Spec) String() string {
	text := string(s.Kind)
	switch s.Kind {
	case Slow:
		text += "=" + s.Slow.String()
	case Deny:
		text += "=" + strconv.Itoa(s.Code)
	case Status:
		text += "=" + s.Word
	}
	if s.API == Any && s.Method == Any {
		text += "@" + Any
	} else {
		text += "@" + s.API + "." + s.Method
	}
	if s.Nth > 0 {
		text += "#" + strconv.Itoa(s.Nth)
	}
	return text
}

// Matches reports whether a call of method of api is one that s is about,
// whatever its number.
func (s Spec) Matches(api, method string) bool {
	return (s.API == Any || s.API == api) && (s.Method == Any || s.Method == method)
}
