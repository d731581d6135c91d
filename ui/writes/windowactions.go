package writes

import (
	"cmp"
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/desk/journal"
	"dirdesk/models"
	"dirdesk/ui/action"
	"dirdesk/ui/change"
	"dirdesk/ui/forms"
	journalpage "dirdesk/ui/journal"
	"dirdesk/ui/message"
	"dirdesk/ui/request"
)

// doorChanges are the actions about changes themselves.
func (w *Writes) doorChanges(b *changeList) {
	never := action.When(w.desk.Window().Never, "this connection is read-only")
	noJournal := action.When(w.desk.Journal() == nil, "no journal is kept of this connection")
	nothing := action.When(len(w.lines) == 0, "nothing was changed since the program started; the journal has what was before")
	b.add("change.undo", cmp.Or(never, b.busy, noJournal, nothing), w.undoLast)
	b.add("change.journal", noJournal, w.openJournal)
	resume, words := "nothing was changed yet, and nothing waits", "go back to the change that is not finished, or see what became of the last"
	if waiting := w.flow.Waiting(); waiting != "" {
		resume, words = "", waiting
	}
	short := ""
	if b.busy != "" && resume == "" {
		short = "go back"
	}
	b.named("change.resume", words, resume, func() tea.Cmd { return w.flow.Resume() })
	b.actions[len(b.actions)-1].Short = short
	b.named("change.allow", w.allowWords(), cmp.Or(never, w.whyOpen(), b.busy), w.toggleWindow)
	sync := never
	if sync == "" {
		sync = w.desk.Can(models.SyncDomain, models.Object{})
	}
	if sync == "" && w.sync.Running() {
		sync = "a sync is under way"
	}
	b.add("change.sync", cmp.Or(sync, b.busy), func() tea.Cmd {
		return w.flow.Ask(func() tea.Cmd { return tea.Batch(w.sync.Start(), w.watchWindow(), w.page.Wake()) })
	})
	b.does(models.SyncDomain)
	b.add("change.request", cmp.Or(never, w.whyNoRequest(), b.busy), w.openRequest)
}

// whyOpen is why there is nothing to allow: it is allowed without an end.
func (w *Writes) whyOpen() string {
	if w := w.desk.Window(); w.Writable && w.Until.IsZero() {
		return "changes are allowed already, without an end"
	}
	return ""
}

func (w *Writes) allowWords() string {
	if w.desk.Window().Writable {
		return "stop allowing changes"
	}
	return "allow changes for a while"
}

func (w *Writes) toggleWindow() tea.Cmd {
	if w.desk.Window().Writable {
		if err := w.desk.Allow(0); err != nil {
			return w.report(change.Report{Tone: message.Bad, Words: err.Error(), Err: err})
		}
		return w.report(change.Report{Words: "Read-only again."})
	}
	return w.flow.Ask(func() tea.Cmd {
		return w.report(change.Report{Words: "Changes are allowed now. " + w.key("change.allow") + " stops that."})
	})
}

// chooseNew asks what is to be made.
func (w *Writes) chooseNew() tea.Cmd {
	w.stand()
	here := w.page.Navigation().Here()
	item := func(id, name string, of models.Action, form func(forms.Env) forms.Form) change.Item {
		return change.Item{ID: id, Name: name, Unavailable: w.desk.Can(of, here), Run: func() tea.Cmd {
			env := w.flow.Form(here.DN)
			env.Beside = w.page.Navigation().Beside(here.DN)
			return w.flow.Fill(form(env))
		}}
	}
	return w.flow.Choose("New, in "+w.env.Theme.Safe(here.Name), []change.Item{
		item("new.user", "user", models.CreateUser, forms.NewUser),
		item("new.group", "group", models.CreateGroup, forms.NewGroup),
		item("new.ou", "organizational unit (OU)", models.CreateOU, forms.NewOU),
	})
}

// undoLast takes back the last plan of this session that was not taken back.
func (w *Writes) undoLast() tea.Cmd {
	door, path, ids := w.desk, w.desk.Journal().Path(), slices.Clone(w.lines)
	return w.takeBack(func(ctx context.Context, over desk.Over) (desk.Plan, error) {
		var entries []journal.Entry
		for e, err := range journal.Read(path) {
			if err != nil {
				return desk.Plan{}, err
			}
			entries = append(entries, e)
		}
		last := door.LastMade(ctx, entries, func(e journal.Entry) bool { return slices.Contains(ids, e.ID) })
		if len(last) == 0 {
			return desk.Plan{}, &desk.CannotUndo{Words: "every change of this session was taken back already, or is not known to have been made"}
		}
		return door.Undo(ctx, last, over)
	})
}

// takeBack begins what a plan says that takes something back.
func (w *Writes) takeBack(plan func(context.Context, desk.Over) (desk.Plan, error)) tea.Cmd {
	w.stand()
	return w.flow.Begin(change.Order{Undo: plan})
}

// stand keeps in mind where the cursor is: after a change it follows what was
// changed, unless the person has gone on meanwhile.
func (w *Writes) stand() {
	w.stood = ""
	if shown := w.page.Navigation().Shown; shown != nil {
		w.stood = shown.Table.Kept()
	}
}

func (w *Writes) openJournal() tea.Cmd {
	door, ctx := w.desk, w.env.Context
	return message.Send(message.Open{Make: func(width, height int) (message.Overlay, tea.Cmd) {
		page := journalpage.New(journalpage.Options{
			Path: w.desk.Journal().Path(), Theme: w.env.Theme, Keys: w.env.Keys, Zone: w.env.Zone, Width: width, Height: height,
			Undo: w.whyNotUndo, Settle: func(e journal.Entry) (journal.Entry, error) { return door.Settle(ctx, e) },
		})
		return page, page.Init()
	}})
}

// whyNotUndo says why an entry of the journal cannot be taken back over this
// connection.
func (w *Writes) whyNotUndo(e journal.Entry) string {
	switch info := w.page.Info(); {
	case w.desk.Window().Never:
		return "this connection is read-only"
	case w.flow.Busy() != "":
		return w.flow.Busy()
	case info.BaseDN != "" && e.DN != "" && !e.DN.Equal(info.BaseDN) && !e.DN.IsBelow(info.BaseDN):
		return "it was in another domain"
	}
	return ""
}

func (w *Writes) whyNoRequest() string {
	if _, ok := desk.Capability[desk.Requester](w.desk.Backend()); !ok {
		return "only DSM takes requests, and this connection goes to the directory itself"
	}
	return ""
}

func (w *Writes) openRequest() tea.Cmd {
	d, ctx := w.desk, w.env.Context
	return message.Send(message.Open{Make: func(width, height int) (message.Overlay, tea.Cmd) {
		return request.New(request.Options{
			Theme: w.env.Theme, Keys: w.env.Keys, Width: width, Height: height,
			Send:     func(typed []byte) ([]byte, error) { return d.Request(ctx, typed) },
			Writable: func() bool { return d.Window().Writable },
		}), nil
	}})
}
