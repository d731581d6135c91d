package loader_test

import (
	"context"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/models"
	"dirdesk/ui/browse/loader"
	"dirdesk/ui/browse/place"
	"dirdesk/ui/uitest"
)

// rig runs a loader as the page does, one command after the other.
type rig struct {
	*loader.Loader
	t       *testing.T
	cmds    []tea.Cmd
	timers  []tea.Msg
	reports []loader.Report
}

func newRig(t *testing.T, backend desk.Backend) *rig {
	r := &rig{t: t}
	r.Loader = loader.New(loader.Options{
		Context: t.Context(), Backend: backend, Now: uitest.Now,
		Later: func(_ time.Duration, msg tea.Msg) tea.Cmd {
			r.timers = append(r.timers, msg)
			return nil
		},
	})
	r.Tree.Plant(models.DirectoryInfo{BaseDN: uitest.Base})
	return r
}

func at(dn models.DN) place.Place { return place.Container(dn, uitest.Base) }

// start takes a command without running it.
func (r *rig) start(cmd tea.Cmd) {
	if cmd != nil {
		r.cmds = append(r.cmds, cmd)
	}
}

// step runs the oldest command and takes its answer.
func (r *rig) step() bool {
	if len(r.cmds) == 0 {
		return false
	}
	cmd := r.cmds[0]
	r.cmds = r.cmds[1:]
	r.take(cmd())
	return true
}

func (r *rig) take(msg tea.Msg) {
	if batch, many := msg.(tea.BatchMsg); many {
		for _, cmd := range batch {
			r.start(cmd)
		}
		return
	}
	if report, mine := r.Update(msg); mine {
		r.reports = append(r.reports, report)
		r.start(report.Next)
	}
}

// run runs a command and all that it leads to.
func (r *rig) run(cmd tea.Cmd) {
	for r.start(cmd); r.step(); {
	}
}

// arrived is the place that came last.
func (r *rig) arrived() *loader.Opening {
	r.t.Helper()
	for i := len(r.reports) - 1; i >= 0; i-- {
		if o := r.reports[i].Arrived; o != nil {
			return o
		}
	}
	r.t.Fatal("no place has arrived")
	return nil
}

// failed is what could not be read last; nil for nothing.
func (r *rig) failed() *loader.Failure {
	for i := len(r.reports) - 1; i >= 0; i-- {
		if f := r.reports[i].Failed; f != nil {
			return f
		}
	}
	return nil
}

func (r *rig) open(dn models.DN) *loader.Rows {
	r.t.Helper()
	r.run(r.Open(at(dn), loader.Intent{}))
	return r.arrived().Rows
}

var large = uitest.Base.Child("OU", "Large")

// streaming is a directory that cannot seek: it gives pages of 1,000.
func streaming() *uitest.Directory {
	d := uitest.NewDirectory()
	d.Facts.Seekable = false
	d.Fill(large, 5000)
	return d
}

// waitFor fails the test when something does not come.
func waitFor[T any](t *testing.T, what string, c <-chan T) (v T) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	select {
	case v = <-c:
	case <-ctx.Done():
		t.Fatalf("%s: it does not come", what)
	}
	return v
}
