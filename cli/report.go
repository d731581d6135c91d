package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"syscall"

	"dirdesk/desk"
	"dirdesk/desk/password"
	"dirdesk/desk/verdict"
	"dirdesk/internal/terminaltext"
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
	Verdict  string        `json:"verdict"` // done, partly, failed, unknown, not-tried, sent-for-approval
	Verified bool          `json:"verified"`
	Words    string        `json:"words"`
	Error    string        `json:"error,omitempty"`
	Server   string        `json:"server,omitempty"` // its own words
	Messages []said        `json:"messages,omitempty"`
	Entry    string        `json:"entry,omitempty"` // in the journal
	Password string        `json:"password,omitempty"`
	// TicketText is for the help desk's ticket, with the first change of an object.
	TicketText string `json:"ticket_text,omitempty"`

	step int // of the plan
}

// report prints outcomes as they come: what was done to stdout, all else to
// stderr. As json they are one array on stdout at the end.
type report struct {
	*changeCommand
	verdicts map[verdict.Verdict]int
	results  []result
	created  bool   // an account was made
	hidden   bool   // a made password may hold that is not shown
	told     bool   // that the server is still at work
	answer   []byte // the last body that the server answered a write with
	missing  bool   // the journal lacks a line
	unsaid   error  // why what was done could not be printed
	unseen   bool   // a made password was to be printed with it
}

func (c *changeCommand) newReport(steps int) *report {
	return &report{changeCommand: c, verdicts: map[verdict.Verdict]int{}, results: make([]result, 0, steps)}
}

// listener hears the server while a write is under way.
func (r *report) listener() models.Listener {
	return models.Listener{
		Progress: r.progress,
		Answer:   func(body []byte) { r.answer = slices.Clone(body) },
	}
}

// progress says how it is going: on a terminal in one line that is written over,
// elsewhere once.
func (r *report) progress(words string) {
	if isTerminal(r.Err) {
		_, _ = fmt.Fprint(r.Err, "\r"+r.safe(words)+"\x1b[K") // nowhere left to complain
	} else if !r.told {
		r.complain(words)
	}
	r.told = true
}

// endProgress takes the line away again.
func (r *report) endProgress() {
	if r.told && isTerminal(r.Err) {
		_, _ = fmt.Fprint(r.Err, "\r\x1b[K")
	}
	r.told = false
}

func (r *report) add(o desk.Outcome) {
	r.endProgress()
	r.verdicts[o.Verdict]++
	r.created = r.created || o.NewAccount()
	res := resultOf(o)
	// Who set a password that may be the one from now on has to know it.
	made, isMade := r.made.secrets[o.Change.Name]
	holds := isMade && o.MayHold && desk.TraitsOf(o.Change.Action).Password
	if holds && r.made.show {
		res.Password = made.Reveal()
	}
	r.hidden = r.hidden || holds && !r.made.show
	r.results = append(r.results, res)
	fine := o.Verdict == verdict.Done || o.Verdict == started
	if !fine {
		r.complainIn(failureWords(o))
	}
	if o.Unrecorded != nil {
		r.missing = true
		r.complainIn(explain(o.Unrecorded))
	}
	// With a change that was done its messages are news; without it, the reason.
	tree := r.messageTree(o.Messages)
	if r.format == formatJSON {
		return
	}
	text := ""
	if fine {
		text = r.safe(o.Words) + "\n" + tree
	} else {
		_, _ = io.WriteString(r.Err, tree) // nowhere left to complain
	}
	if res.Password != "" {
		text += "password  " + res.Password + "\n"
		if r.tickets { // somebody is on the line
			text += "spelled   " + strings.Join(password.Phonetic(made), ", ") + "\n"
		}
	}
	_, err := io.WriteString(r.Out, text)
	r.printed(err, res.Password != "")
}

// printed notes that something could not be printed, which keeps no plan from
// going on: what was agreed to is done, and the exit code tells what became of it.
func (r *report) printed(err error, secret bool) {
	if err == nil {
		return
	}
	if r.unsaid == nil {
		r.unsaid = err
	}
	r.unseen = r.unseen || secret
}

// lost reports whether somebody misses what could not be printed: who closed the
// pipe has seen enough, but not a password.
func (r *report) lost() bool {
	return r.unsaid != nil && (r.unseen || !errors.Is(r.unsaid, syscall.EPIPE))
}

// failureWords say what became of a change that was not done, with the server's
// words and what to do.
func failureWords(o desk.Outcome) string {
	lines := []string{o.Words}
	switch o.Verdict {
	case verdict.Unknown:
		lines[0] = "OUTCOME UNKNOWN: " + o.Words
	case verdict.Partly:
		lines[0] = "PARTLY DONE: " + o.Words
	case verdict.Pending:
		lines[0] = "SENT FOR APPROVAL: " + o.Words
	}
	if known, ok := errors.AsType[*models.Error](o.Err); ok {
		// What waits for an approval has no words of its own beside the messages.
		if known.Server != "" && !strings.Contains(o.Words, known.Server) && (o.Verdict != verdict.Pending || len(o.Messages) == 0) {
			lines = append(lines, "the server says: "+known.Server)
		}
		if advice := models.AdviceFor(known); advice != "" && !saysAlready(o.Words, advice) {
			lines = append(lines, advice)
		}
	}
	return terminaltext.Lines(lines...)
}

// saysAlready reports whether an advice is what the words end in.
func saysAlready(words, advice string) bool {
	return strings.HasSuffix(strings.ToLower(words), strings.ToLower(strings.TrimSuffix(advice, ".")))
}

func resultOf(o desk.Outcome) result {
	res := result{
		Action: o.Change.Action, DN: o.Change.DN, Name: o.Change.Name, Verdict: strings.ReplaceAll(string(o.Verdict), " ", "-"),
		Verified: o.Verified, Words: o.Words, Entry: o.Entry, step: o.Step,
	}
	switch {
	case o.NewDN == "":
	case desk.TraitsOf(o.Change.Action).Creates:
		res.DN = o.NewDN // what it is called now
	default:
		res.NewDN = o.NewDN
	}
	res.Messages = saidOf(o.Messages)
	if o.Err != nil {
		res.Error = o.Err.Error()
	}
	if known, ok := errors.AsType[*models.Error](o.Err); ok {
		res.Server = known.Server
	}
	return res
}

// ticket prints the texts for the ticket.
func (r *report) ticket(tickets []desk.Ticket) {
	var text strings.Builder
	for _, t := range tickets {
		i := slices.IndexFunc(r.results, func(res result) bool { return res.step == t.Step })
		r.results[max(i, 0)].TicketText = t.Text
		for line := range strings.Lines(t.Text) {
			text.WriteString(r.safe(strings.TrimSuffix(line, "\n")) + "\n")
		}
	}
	if r.format == formatJSON || text.Len() == 0 {
		return
	}
	_, err := io.WriteString(r.Out, "\n-- text for the ticket --\n"+text.String())
	r.printed(err, false)
}

// end prints what was held back, and a summary of more than one change.
func (r *report) end() {
	if len(r.results) > 1 && r.verdicts[verdict.Done] < len(r.results) {
		words := fmt.Sprintf("%d done, %d failed, %d unknown, %d not tried",
			r.verdicts[verdict.Done], r.verdicts[verdict.Failed], r.verdicts[verdict.Unknown], r.verdicts[verdict.NotTried])
		for _, v := range []verdict.Verdict{verdict.Partly, verdict.Pending} {
			if n := r.verdicts[v]; n > 0 {
				words += fmt.Sprintf(", %d %s", n, v)
			}
		}
		r.complain(words)
	}
	if r.hidden {
		r.complain("the password that was made is shown to nobody; --show-password prints it")
	}
	switch {
	case r.format != formatJSON:
	case r.body:
		r.printed(r.printBody(r.answer), false)
	default:
		r.printed(printJSON(r.Out, r.results), slices.ContainsFunc(r.results, func(res result) bool { return res.Password != "" }))
	}
	if r.lost() {
		r.complain("what became of it could not be printed: " + r.unsaid.Error() + "; dirdesk journal shows it")
	}
	if r.unseen {
		r.complain("nobody has seen the password that was made: set another")
	}
}

// verdict is the exit of the whole: what nobody knows weighs most, then what
// failed, was done in part, or could not be written down or printed, then what
// waits for an approval.
func (r *report) verdict() error {
	switch {
	case r.verdicts[verdict.Unknown] > 0:
		return exitError{models.ExitUnknown}
	case r.verdicts[verdict.Failed]+r.verdicts[verdict.Partly]+r.verdicts[verdict.NotTried] > 0, r.missing, r.lost():
		return exitError{models.ExitRefused}
	case r.verdicts[verdict.Pending] > 0:
		return exitError{models.ExitPending}
	default:
		return nil
	}
}

// said is a message of the server, as json gives it.
type said struct {
	Kind     string `json:"kind"` // error, warning, information, ...
	Source   string `json:"source,omitempty"`
	Text     string `json:"text"`
	Messages []said `json:"messages,omitempty"`
}

func saidOf(messages []models.Message) []said {
	var all []said
	for _, m := range messages {
		all = append(all, said{Kind: m.Kind.Label(), Source: m.Source, Text: m.Text, Messages: saidOf(m.Inner)})
	}
	return all
}

// messageTree writes what the server said, a line each, what lies below another
// indented.
func (p *console) messageTree(messages []models.Message) string {
	var b strings.Builder
	p.addMessages(&b, messages, 1)
	return b.String()
}

// deepestMessage bounds the indentation; deeper ones stand at the same place.
const deepestMessage = 12

func (p *console) addMessages(b *strings.Builder, messages []models.Message, depth int) {
	indent := strings.Repeat("  ", min(depth, deepestMessage))
	for _, m := range messages {
		text := m.Text
		if m.Source != "" {
			text = m.Source + ": " + text
		}
		b.WriteString(indent + m.Kind.Label() + "  " + p.safe(strings.TrimRight(text, "\r\n")) + "\n")
		p.addMessages(b, m.Inner, depth+1)
	}
}
