package writes

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/models"
)

// askAfter is how long the cursor must rest before it is asked what the operator may
// do to its object.
const askAfter = 300 * time.Millisecond

// asking is the question about rights that is under way, or will be.
type asking struct {
	about  string // what is asked about; "" for nothing
	count  int    // of questions, to go by the last only
	cancel context.CancelFunc
}

type (
	// restedMsg says that the cursor was where it is a while ago.
	restedMsg struct{ count int }
	// rightsMsg says that more is known of rights.
	rightsMsg struct{}
)

// settled sees to it that the rights on what is under the cursor, and on the
// container at hand, are known once the cursor rests.
func (w *Writes) settled() tea.Cmd {
	about := ""
	for _, ref := range w.unasked() {
		about += ref.GUID + string(ref.DN) + "\n"
	}
	if about == w.asking.about {
		return nil
	}
	if w.asking.cancel != nil {
		w.asking.cancel()
	}
	w.asking = asking{about: about, count: w.asking.count + 1}
	if about == "" {
		return nil
	}
	return w.env.Later(askAfter, restedMsg{w.asking.count})
}

// unasked are the objects whose rights are wanted and not known: of marked ones the
// plan asks.
func (w *Writes) unasked() (refs []models.Ref) {
	if w.page == nil || w.desk.Window().Never || !w.desk.TellsRights() {
		return nil
	}
	objects := w.page.Navigation().Subjects()
	if len(objects) != 1 {
		objects = nil
	}
	for _, o := range append(objects, w.page.Navigation().Here()) {
		if o.DN != "" && !w.desk.KnowsRights(o.Ref()) {
			refs = append(refs, o.Ref())
		}
	}
	return refs
}

// rested asks, unless the cursor has gone on. What cannot be found out is left to
// the server.
func (w *Writes) rested(msg restedMsg) tea.Cmd {
	if msg.count != w.asking.count || w.asking.about == "" {
		return nil
	}
	ctx, cancel := context.WithCancel(w.env.Context)
	w.asking.cancel = cancel
	door, refs := w.desk, w.unasked()
	return func() tea.Msg {
		defer cancel()
		for _, ref := range refs {
			if _, err := door.May(ctx, ref); err != nil && ctx.Err() != nil {
				break
			}
		}
		return rightsMsg{}
	}
}
