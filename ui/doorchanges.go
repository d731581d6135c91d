package ui

import (
	"cmp"
	"context"

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
func (r *Root) doorChanges(b *changeList) {
	never := action.When(r.window().Never, "this connection is read-only")
	noJournal := action.When(r.desk.Journal() == nil, "no journal is kept of this connection")
	nothing := action.When(len(r.lines) == 0, "nothing was changed since the program started; the journal has what was before")
	b.add("change.undo", cmp.Or(never, b.busy, noJournal, nothing), r.undoLast)
	b.add("change.journal", noJournal, r.openJournal)
	resume, words := "nothing was changed yet, and nothing waits", "go back to the change that is not finished, or see what became of the last"
	if waiting := r.flow.Waiting(); waiting != "" {
		resume, words = "", waiting
	}
	short := ""
	if b.busy != "" && resume == "" {
		short = "go back"
	}
	b.named("change.resume", words, resume, func() tea.Cmd { return r.flow.Resume() })
	b.actions[len(b.actions)-1].Short = short
	b.named("change.allow", r.allowWords(), cmp.Or(never, r.whyOpen(), b.busy), r.toggleWindow)
	sync := never
	if sync == "" {
		sync = r.desk.Can(models.SyncDomain, models.Object{})
	}
	if sync == "" && r.sync.Running() {
		sync = "a sync is under way"
	}
	b.add("change.sync", cmp.Or(sync, b.busy), func() tea.Cmd {
		return r.flow.Ask(func() tea.Cmd { return tea.Batch(r.sync.Start(), r.watchWindow(), r.page.Wake()) })
	})
	b.add("change.request", cmp.Or(never, r.whyNoRequest(), b.busy), r.openRequest)
}

// whyOpen is why there is nothing to allow: it is allowed without an end.
func (r *Root) whyOpen() string {
	if w := r.window(); w.Writable && w.Until.IsZero() {
		return "changes are allowed already, without an end"
	}
	return ""
}

func (r *Root) allowWords() string {
	if r.window().Writable {
		return "stop allowing changes"
	}
	return "allow changes for a while"
}

func (r *Root) toggleWindow() tea.Cmd {
	if r.window().Writable {
		if err := r.desk.Allow(0); err != nil {
			return r.report(change.Report{Tone: message.Bad, Words: err.Error(), Err: err})
		}
		return r.report(change.Report{Words: "Read-only again."})
	}
	return r.flow.Ask(func() tea.Cmd {
		return r.report(change.Report{Words: "Changes are allowed now. " + r.key("change.allow") + " stops that."})
	})
}

// chooseNew asks what is to be made.
func (r *Root) chooseNew() tea.Cmd {
	here := r.page.Navigation().Here()
	item := func(id, name string, of models.Action, form func(forms.Env) forms.Form) change.Item {
		return change.Item{ID: id, Name: name, Unavailable: r.desk.Can(of, here), Run: func() tea.Cmd {
			return r.flow.Fill(form(r.flow.Form(here.DN)))
		}}
	}
	return r.flow.Choose("New, in "+r.theme.Safe(here.Name), []change.Item{
		item("new.user", "user", models.CreateUser, forms.NewUser),
		item("new.group", "group", models.CreateGroup, forms.NewGroup),
		item("new.ou", "organizational unit (OU)", models.CreateOU, forms.NewOU),
	})
}

// undoLast takes back the last change of this session that was not taken back.
func (r *Root) undoLast() tea.Cmd {
	door, path, ids := r.desk, r.desk.Journal().Path(), r.lines
	return r.flow.Begin(change.Order{Plan: func(ctx context.Context) (desk.Plan, error) {
		for i := len(ids) - 1; i >= 0; i-- {
			entry, err := journal.Find(path, ids[i])
			if err != nil {
				return desk.Plan{}, err
			}
			if entry.UndoneBy == "" && entry.Undoes == "" {
				return door.Undo(ctx, entry)
			}
		}
		return desk.Plan{}, &desk.CannotUndo{Words: "every change of this session was taken back already"}
	}})
}

func (r *Root) openJournal() tea.Cmd {
	width, height := r.topRoom()
	page := journalpage.New(journalpage.Options{
		Path: r.desk.Journal().Path(), Theme: &r.theme, Keys: r.options.Keymap, Zone: r.options.Zone, Width: width, Height: height,
		Undo: r.whyNotUndo,
	})
	r.top = page
	return page.Init()
}

// whyNotUndo says why an entry of the journal cannot be taken back over this
// connection.
func (r *Root) whyNotUndo(e journal.Entry) string {
	switch info := r.page.Info(); {
	case r.window().Never:
		return "this connection is read-only"
	case r.flow.Busy() != "":
		return r.flow.Busy()
	case info.BaseDN != "" && e.DN != "" && !e.DN.Equal(info.BaseDN) && !e.DN.IsBelow(info.BaseDN):
		return "it was in another domain"
	}
	return ""
}

func (r *Root) whyNoRequest() string {
	if _, ok := desk.Capability[desk.Requester](r.backend); !ok {
		return "only DSM takes requests, and this connection goes to the directory itself"
	}
	return ""
}

func (r *Root) openRequest() tea.Cmd {
	width, height := r.topRoom()
	door, ctx := r.desk, r.ctx
	r.top = request.New(request.Options{
		Theme: &r.theme, Keys: r.options.Keymap, Width: width, Height: height,
		Send:     func(typed []byte) ([]byte, error) { return door.Request(ctx, typed) },
		Writable: func() bool { return door.Window().Writable },
	})
	return nil
}
