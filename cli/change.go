package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"dirdesk/desk"
	"dirdesk/desk/bookmarks"
	"dirdesk/desk/journal"
	"dirdesk/desk/verdict"
	"dirdesk/internal/config"
	"dirdesk/internal/english"
	"dirdesk/models"
)

// changeCommand is what every command that changes something shares: its flags
// and the way from a plan through a question to the outcomes.
type changeCommand struct {
	*program
	demo   demoFlags
	dryRun bool
	yes    bool
	ticket string
	format string

	options desk.PlanOptions
	// privileged says that who rules the domain may be changed.
	privileged bool
	// otherServer says that what was done at another server of the domain may be
	// taken back.
	otherServer bool

	made madePasswords // of this run
	// resets says that the command gives somebody another password, verified that
	// who called was verified before.
	resets   bool
	verified bool
	// enable switches on that accounts are enabled, where a plan offers it; tickets
	// prints the text for the ticket.
	enable  bool
	tickets bool
	// body has json give the server's own answer in place of the outcome.
	body bool
	// admits looks at the connection beside what every change looks at.
	admits func(models.Profile) error
}

func (p *program) newChange() *changeCommand { return &changeCommand{program: p, admits: anyProfile} }

// builder gives the changes that a command is to carry out.
type builder func(ctx context.Context, c *changeCommand, d *desk.Desk, args []string) ([]models.Change, error)

// newChanges makes a command that carries out the changes that build gives.
func (p *program) newChanges(command *cobra.Command, build builder) *cobra.Command {
	return p.newChange().carries(command, build)
}

func (c *changeCommand) carries(command *cobra.Command, build builder) *cobra.Command {
	command.RunE = func(command *cobra.Command, args []string) error {
		args, err := c.withInput(args)
		if err != nil {
			return err
		}
		return c.changes(command, func(ctx context.Context, d *desk.Desk) ([]models.Change, error) { return build(ctx, c, d, args) })
	}
	c.register(command)
	return command
}

func (c *changeCommand) register(command *cobra.Command) {
	flags := command.Flags()
	flags.BoolVar(&c.dryRun, "dry-run", false, "print what would be changed, and change nothing")
	flags.BoolVar(&c.yes, "yes", false, "do it without a question")
	flags.StringVar(&c.ticket, "ticket", "", "write the changes down for the ticket `T`")
	flags.BoolVar(&c.privileged, "privileged", false, "change groups that rule the domain, and who is in them, without the second question")
	flags.IntVar(&c.options.MaxObjects, "max-objects", mostObjects, "change at most `N` objects in one plan")
	c.registerFormat(command, &c.format, resultFormats())
	c.demo.register(command)
}

// mostObjects is how many objects a command changes at most unless it is told
// otherwise.
const mostObjects = 100

// whatHelps says by which flag a plan that was refused can be made.
func (c *changeCommand) whatHelps(d *desk.Desk, plan desk.Plan) string {
	switch refused := plan.Refused(); {
	case errors.Is(refused, desk.ErrTooMany):
		return "--max-objects N allows a larger plan; look at it with --dry-run first"
	case errors.Is(refused, models.ErrNotEmpty) && d.CanDeleteTree() && !c.options.Subtree:
		return "--recursive deletes it with all that is in it; look at that with --dry-run first"
	default:
		return ""
	}
}

// desk opens the connection and the door for writes, and hands it to do. What
// is wrong with the command line, a connection for reading only, a question that
// nobody could answer and a journal that cannot be written are found before
// anything is sent.
func (c *changeCommand) desk(command *cobra.Command, do func(context.Context, *desk.Desk) error) error {
	return c.open(command, &c.demo, c.admit, func(ctx context.Context, backend desk.Backend, in models.SignIn) (err error) {
		options := desk.Options{Mode: desk.Open, Demo: c.demo.on, Operator: c.operator(in.Profile, backend), Ticket: c.ticket, Profile: in.Profile.Name, Limits: in.Profile.Limits, VerifyCaller: in.Profile.VerifyCaller, CallerVerified: c.verified, CallerInTicket: true, Settle: c.Pauses.Settle, SyncPause: c.Pauses.Sync}
		if !c.dryRun && !c.demo.on {
			if options.Journal, err = c.openJournal(); err != nil {
				return err
			}
			c.tellBegun()
		}
		return do(ctx, desk.New(backend, options))
	})
}

// admit refuses a connection that may not be written to, before anything is
// sent.
func (c *changeCommand) admit(profile models.Profile) error {
	if err := c.admits(profile); err != nil {
		return err
	}
	if profile.ReadOnly {
		return readOnlyError(profile)
	}
	if c.resets && profile.VerifyCaller == models.CallerRequired && !c.verified && c.ticket == "" && !c.dryRun {
		return callerNotVerified()
	}
	if c.options.MaxObjects < 1 {
		return usagef("--max-objects must be 1 or more")
	}
	if _, ok := c.terminal(); !ok && !c.yes && !c.dryRun {
		return usagef("standard input is no terminal, so nobody can be asked: use --yes to do it without a question, or --dry-run to look")
	}
	if c.dryRun || c.demo.on {
		return nil
	}
	_, err := c.openJournal()
	return err
}

// readOnlyError is for a change on a connection for reading.
func readOnlyError(profile models.Profile) error {
	advice := "Nothing was sent. Leave out --read-only to change something."
	if profile.Name != "" {
		advice = fmt.Sprintf("Nothing was sent. The profile %q, or --read-only, allows reading only.", profile.Name)
	}
	return &models.Error{Kind: desk.ErrReadOnly, Action: "change", Object: profile.URL, Advice: advice}
}

// listening has what is waited for said as a line of its own.
func (p *console) listening(ctx context.Context) context.Context {
	return models.WithListener(ctx, models.Listener{Progress: p.complain})
}

// openJournal makes sure that changes can be written down.
func (p *access) openJournal() (*journal.Journal, error) {
	path := config.FindPaths(p.Getenv).Journal
	settings, err := p.settings()
	if err != nil {
		return nil, err
	}
	book, err := journal.Open(path, nil)
	if err == nil {
		err = book.CopyTo(journal.Copying{To: settings.Journal.Copy, Required: settings.Journal.CopyRequired})
	}
	if err != nil {
		return nil, &models.Error{
			Kind: errJournal, Action: "open", Object: path, Err: err,
			Advice: fmt.Sprintf("Nothing was sent: a change that cannot be written down is not made (%v).", err),
		}
	}
	return book, nil
}

var errJournal = errors.New("the journal cannot be written")

// changes plans the changes that build gives, and carries them out.
func (c *changeCommand) changes(command *cobra.Command, build func(context.Context, *desk.Desk) ([]models.Change, error)) error {
	return c.desk(command, func(ctx context.Context, d *desk.Desk) error {
		changes, err := build(ctx, d)
		if err != nil {
			return err
		}
		plan, err := d.Plan(ctx, changes, c.options)
		switch {
		case err != nil:
			return err
		case d.NeedsTick(plan) && !c.dryRun:
			return callerNotVerified()
		}
		if plan, err = c.mend(ctx, plan); err != nil {
			return err
		}
		return c.carryOut(ctx, d, plan)
	})
}

func callerNotVerified() error {
	return usagef("%s; nothing was sent\nCall back, and use --caller-verified, or --ticket T for the ticket in which that stands.", desk.CallerNotVerified)
}

// registerReset is for commands that may give somebody another password.
func (c *changeCommand) registerReset(command *cobra.Command, always bool) {
	c.resets = always
	command.Flags().BoolVar(&c.verified, "caller-verified", false, "the caller was verified, for a profile with verify_caller; the journal says so")
}

// mend offers what would let somebody sign in who cannot after a plan, and gives
// the plan as it is wanted. Where nobody is asked, the plan's warnings say it.
func (c *changeCommand) mend(ctx context.Context, plan desk.Plan) (desk.Plan, error) {
	for i, o := range plan.Offers {
		if c.enable && o.Enables && !o.On {
			plan = plan.Switched(i)
		}
	}
	words := plan.Mends()
	if words == "" || c.yes || c.dryRun {
		return plan, nil
	}
	for _, s := range plan.Steps {
		for _, alarm := range s.Alarms {
			c.complain(alarm.Capital())
		}
	}
	if agreed, err := c.agreed(ctx, c.safe(english.Own(words).Capital()+" too?")); err != nil || !agreed {
		return plan, err
	}
	return plan.Mended(), nil
}

// carryOut shows a plan, asks, applies it and reports.
func (c *changeCommand) carryOut(ctx context.Context, d *desk.Desk, plan desk.Plan) error {
	if c.dryRun {
		if err := c.printPlan(c.Out, plan); err != nil {
			return err
		}
		c.complain("nothing was changed (--dry-run)")
		c.help(d, plan)
		return planned(plan)
	}
	if err := c.confirm(ctx, plan); err != nil {
		return err
	}
	report := c.newReport(len(plan.Steps))
	var outcomes []desk.Outcome
	applying, stop := context.WithCancel(models.WithListener(ctx, report.listener()))
	defer stop()
	for outcome := range d.Apply(applying, plan) {
		outcomes = append(outcomes, outcome)
		report.add(outcome)
		if report.unseen { // nobody would see the others' passwords either
			stop()
		}
	}
	if c.tickets {
		report.ticket(d.Tickets(plan, outcomes))
	}
	report.end()
	c.help(d, plan)
	if report.created && d.Can(models.SyncDomain, models.Object{}) == "" {
		c.complain("DSM itself does not know the new account before a sync: dirdesk sync")
	}
	if ctx.Err() != nil && report.verdicts[verdict.Unknown] == 0 {
		return ctx.Err()
	}
	return report.verdict()
}

func (c *changeCommand) help(d *desk.Desk, plan desk.Plan) {
	if words := c.whatHelps(d, plan); words != "" {
		c.complain(words)
	}
}

// planned is the exit of a plan that was only looked at.
func planned(plan desk.Plan) error {
	if plan.Refused() != nil {
		return exitError{models.ExitRefused}
	}
	return nil
}

// confirm asks in proportion to the plan.
func (c *changeCommand) confirm(ctx context.Context, plan desk.Plan) error {
	question := plan.Question()
	if question.Kind == desk.None {
		return nil
	}
	doubts := slices.DeleteFunc(plan.Doubts(), func(doubt desk.Doubt) bool {
		return doubt.Kind == desk.Privileged && c.privileged || doubt.Kind == desk.AnotherServer && c.otherServer
	})
	if c.yes && len(doubts) > 0 {
		c.complain(doubts[0].Text)
		c.complain("nothing was changed: --yes alone does not answer this; " + map[desk.DoubtKind]string{
			desk.Privileged: "--privileged does", desk.AnotherServer: "--other-server does", desk.NoIdentity: "leave it out, look, and answer the question",
		}[doubts[0].Kind])
		return exitError{models.ExitRefused}
	}
	if c.yes {
		return nil
	}
	if err := c.showPlan(c.Err, plan); err != nil {
		return err
	}
	agreed, err := false, error(nil)
	if question.Kind == desk.TypeNumber {
		want, answer := fmt.Sprint(question.Number), ""
		answer, err = c.ask(ctx, c.safe(fmt.Sprintf("%s Type %s to go on", question.Text, want)))
		agreed = answer == want
	} else {
		agreed, err = c.agreed(ctx, c.safe(question.Text))
	}
	for _, doubt := range doubts {
		if err == nil && agreed {
			agreed, err = c.agreed(ctx, c.safe(doubt.Text))
		}
	}
	if err != nil || agreed {
		return err
	}
	c.complain("not confirmed: nothing was changed")
	return exitError{models.ExitRefused}
}

// doors opens the way for changes on the connections of a screen.
type doors struct {
	*program
	ticket  string
	demo    string // URL of the demo; "" when there is none
	scratch string // directory of the demo's journal, which ends with it
}

// open makes the desk of a connection: the demo's is open, a real one asks
// before the first change, and one for reading stays that.
func (d *doors) open(backend desk.Backend, profile models.Profile) (*desk.Desk, error) {
	isDemo := d.demo != "" && profile.URL == d.demo
	options := desk.Options{Mode: desk.Ask, Demo: isDemo, Operator: d.operator(profile, backend), Ticket: d.ticket, Profile: profile.Name, Limits: profile.Limits, MailPattern: profile.MailPattern, VerifyCaller: profile.VerifyCaller}
	if !isDemo {
		options.Bookmarks = bookmarks.Open(config.FindPaths(d.Getenv).Bookmarks, cmp.Or(profile.Name, profile.URL))
	}
	switch {
	case d.flags.readOnly || profile.ReadOnly:
		options.Mode = desk.Never
		return desk.New(backend, options), nil
	case isDemo:
		options.Mode = desk.Open
	}
	var err error
	if options.Journal, err = d.journal(isDemo); err != nil {
		return nil, err
	}
	return desk.New(backend, options), nil
}

func (d *doors) journal(isDemo bool) (*journal.Journal, error) {
	if !isDemo {
		return d.openJournal()
	}
	if d.scratch == "" {
		directory, err := os.MkdirTemp("", "dirdesk-demo-")
		if err != nil {
			return nil, err
		}
		d.scratch = directory
	}
	return journal.Open(filepath.Join(d.scratch, "journal.jsonl"), nil)
}

// close removes what the demo wrote down.
func (d *doors) close() error {
	if d.scratch == "" {
		return nil
	}
	return os.RemoveAll(d.scratch)
}

// operator is who makes the changes of this run, for the journal: the account
// in the directory, the user of this computer, and where that person came from.
func (p *access) operator(profile models.Profile, backend desk.Backend) journal.Operator {
	o := journal.Operator{Account: profile.Account, LocalUser: localUser(p.Getenv)}
	if o.Account == "" && backend != nil {
		o.Account = backend.About().Account // of an access token nobody says whose it is
	}
	// "CLIENT-ADDRESS CLIENT-PORT SERVER-ADDRESS SERVER-PORT", as sshd sets it.
	if peer := strings.Fields(p.Getenv("SSH_CONNECTION")); len(peer) > 0 {
		o.SSHPeer = peer[0]
	}
	return o
}

// localUser is the user of this computer, and who became that user with sudo.
func localUser(getenv func(string) string) string {
	name := ""
	if current, err := user.Current(); err == nil {
		name = current.Username
	}
	if name == "" {
		name = getenv("USER") // a container whose user has no entry anywhere
	}
	if behind := getenv("SUDO_USER"); behind != "" && behind != name {
		return behind + " (as " + name + ")"
	}
	return name
}
