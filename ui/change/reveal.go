package change

import (
	"cmp"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/desk/verdict"
	"dirdesk/models"
	"dirdesk/ui/message"
	"dirdesk/ui/password"
)

// reveal is a password that was made and that the person has not seen yet.
type reveal struct {
	whose  string
	secret models.Secret
}

// revealOf takes the password out of a plan.
func revealOf(plan desk.Plan) *reveal {
	for _, s := range plan.Steps {
		if c := s.Change; !c.Password.Empty() {
			return &reveal{cmp.Or(c.Name, c.DN.RDN().Value), c.Password}
		}
	}
	return nil
}

// worth reports whether the password may be the account's now.
func (r *reveal) worth(outs []desk.Outcome) bool {
	for _, out := range outs {
		if desk.TraitsOf(out.Change.Action).Password {
			return out.Verdict != verdict.Failed && out.Verdict != verdict.NotTried
		}
	}
	return true // it was set by the changes before these
}

// show shows the password; behind the page it waits to be asked for.
func (f *Flow) show(report Report) tea.Cmd {
	e := f.env
	f.screen = nil
	f.shown = password.New(password.Options{
		Title: "Password of " + f.reveal.whose, Words: report.Words, Secret: f.reveal.secret, Theme: e.Theme, Keys: e.Keys,
		Width: f.width, Height: f.height, Later: e.Later,
	})
	f.reveal = nil
	f.stage = showing
	f.order, f.plan, f.job = Order{}, desk.Plan{}, nil // they hold the password too
	if f.behind {
		report.Words += " " + e.Key("change.resume") + " shows the password."
		return message.Send(report) // its time begins when it is looked at
	}
	return tea.Batch(f.shown.Init(), message.Send(report))
}

// forgotten puts the password away for good.
func (f *Flow) forgotten(msg password.Closed) tea.Cmd {
	if msg.Model != f.shown {
		return nil
	}
	late := msg.Late
	f.reset()
	if late {
		return message.Send(Report{Words: "The password is gone from the screen: nobody pressed a key for a minute."})
	}
	return nil
}
