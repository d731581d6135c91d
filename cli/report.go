package cli

import (
	"errors"
	"fmt"
	"strings"

	"dirdesk/desk"
	"dirdesk/models"
)

// exitError ends the program with a code when all has been said already.
type exitError struct{ code int }

func (e exitError) Error() string { return fmt.Sprintf("exit code %d", e.code) }

// result is the outcome of one change, as json gives it. It holds no secret but
// for a made password that was asked for.
type result struct {
	Action   models.Action `json:"action"`
	DN       models.DN     `json:"dn,omitempty"`
	NewDN    models.DN     `json:"new_dn,omitempty"` // after a rename or a move
	Name     string        `json:"name,omitempty"`
	Verdict  string        `json:"verdict"` // done, failed, unknown, not-tried
	Verified bool          `json:"verified"`
	Words    string        `json:"words"`
	Error    string        `json:"error,omitempty"`
	Server   string        `json:"server,omitempty"` // its own words
	Entry    string        `json:"entry,omitempty"`  // in the journal
	Password string        `json:"password,omitempty"`
}

// report prints outcomes as they come: what was done to stdout, all else to
// stderr. As json they are one array on stdout at the end.
type report struct {
	*changeCommand
	verdicts map[desk.Verdict]int
	results  []result
	created  bool // an account was made
}

func (c *changeCommand) newReport(steps int) *report {
	return &report{changeCommand: c, verdicts: map[desk.Verdict]int{}, results: make([]result, 0, steps)}
}

func (r *report) add(o desk.Outcome) error {
	r.verdicts[o.Verdict]++
	r.created = r.created || o.Verdict == desk.Done && o.Change.Action == models.CreateUser
	res := resultOf(o)
	// Who set a password that may be the one from now on has to know it.
	if r.made != nil && r.made.show && (o.Verdict == desk.Done || o.Verdict == desk.Unknown) {
		res.Password = r.made.secret.Reveal()
	}
	r.results = append(r.results, res)
	fine := o.Verdict == desk.Done || o.Verdict == started
	if !fine {
		r.complain(failureWords(o))
	}
	if r.format == formatJSON {
		return nil
	}
	if fine {
		if _, err := fmt.Fprintln(r.Out, r.safe(o.Words)); err != nil {
			return err
		}
	}
	if res.Password != "" {
		if _, err := fmt.Fprintln(r.Out, "password  "+res.Password); err != nil {
			return err
		}
	}
	return nil
}

// failureWords say what became of a change that was not done, with the server's
// words and what to do.
func failureWords(o desk.Outcome) string {
	lines := []string{o.Words}
	if o.Verdict == desk.Unknown {
		lines[0] = "OUTCOME UNKNOWN: " + o.Words
	}
	var known *models.Error
	if errors.As(o.Err, &known) {
		if known.Server != "" {
			lines = append(lines, "the server says: "+known.Server)
		}
		if advice := advice(known); advice != "" && !saysAlready(o.Words, advice) {
			lines = append(lines, advice)
		}
	}
	return strings.Join(lines, "\n")
}

// saysAlready reports whether an advice is what the words end in.
func saysAlready(words, advice string) bool {
	return strings.HasSuffix(strings.ToLower(words), strings.ToLower(strings.TrimSuffix(advice, ".")))
}

func resultOf(o desk.Outcome) result {
	res := result{
		Action: o.Change.Action, DN: o.Change.DN, Name: o.Change.Name, Verdict: strings.ReplaceAll(string(o.Verdict), " ", "-"),
		Verified: o.Verified, Words: o.Words, Entry: o.Entry,
	}
	if o.NewDN != "" {
		switch o.Change.Action {
		case models.Rename, models.Move:
			res.NewDN = o.NewDN
		default:
			res.DN = o.NewDN // of a creation: what it is called now
		}
	}
	if o.Err != nil {
		res.Error = o.Err.Error()
	}
	var known *models.Error
	if errors.As(o.Err, &known) {
		res.Server = known.Server
	}
	return res
}

// end prints what was held back, and a summary of more than one change.
func (r *report) end() error {
	if len(r.results) > 1 && r.verdicts[desk.Done] < len(r.results) {
		r.complain(fmt.Sprintf("%d done, %d failed, %d unknown, %d not tried",
			r.verdicts[desk.Done], r.verdicts[desk.Failed], r.verdicts[desk.Unknown], r.verdicts[desk.NotTried]))
	}
	if r.made != nil && !r.made.show && r.verdicts[desk.Done]+r.verdicts[desk.Unknown] > 0 {
		r.complain("the password that was made is shown to nobody; --show-password prints it")
	}
	if r.format == formatJSON {
		return printJSON(r.Out, r.results)
	}
	return nil
}

// verdict is the exit of the whole.
func (r *report) verdict() error {
	switch {
	case r.verdicts[desk.Unknown] > 0:
		return exitError{exitUnknown}
	case r.verdicts[desk.Failed]+r.verdicts[desk.NotTried] > 0:
		return exitError{exitRefused}
	default:
		return nil
	}
}
