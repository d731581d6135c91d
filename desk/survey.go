package desk

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"
	"time"

	"dirdesk/desk/index"
	"dirdesk/desk/walk"
	"dirdesk/internal/english"
	"dirdesk/internal/guard"
	"dirdesk/models"
)

// Indexed is a backend that can be searched though its server cannot search: the
// domain is read once, in the background, when it is first searched, and kept in
// memory until the connection is closed. Every page that is read afterwards
// freshens what is kept. A backend that can search, or is indexed already, is
// given back as it is.
func Indexed(backend Backend) Backend {
	if _, already := backend.(*indexed); already || backend == nil || has[Finder](backend) {
		return backend
	}
	return &indexed{Backend: backend, survey: &survey{backend: backend, changed: make(chan struct{})}}
}

type indexed struct {
	Backend
	survey *survey
}

// Parts shows what the backend can do besides.
func (i *indexed) Parts() []Backend { return []Backend{i.Backend} }

// List freshens the index with what is listed.
func (i *indexed) List(ctx context.Context, req models.ListRequest) iter.Seq2[models.Page, error] {
	return func(yield func(models.Page, error) bool) {
		for page, err := range i.Backend.List(ctx, req) {
			i.survey.seen(page.Objects)
			if !yield(page, err) {
				return
			}
		}
	}
}

// Close stops the reading first.
func (i *indexed) Close(ctx context.Context) error {
	i.survey.stop()
	return i.Backend.Close(ctx)
}

// Reading is how far a domain has been read that is searched here. The zero value
// is that of a server that searches by itself.
type Reading struct {
	walk.Progress
	Running  bool
	Complete bool
	Rate     float64       // objects a second
	Left     time.Duration // until its end, as far as can be told
	At       time.Time     // when the last complete reading ended; zero: there is none
	Err      error         // why it ended before
}

// Words say it for a person; "" for a domain that was read just now, or need not be.
func (r Reading) Words(now time.Time) string {
	const old = 10 * time.Minute
	of := english.Number(r.Read)
	if r.Total > r.Read {
		of += " of " + english.Number(r.Total)
	}
	switch {
	case r.Running && r.Rate >= 1 && r.Left > 0:
		return fmt.Sprintf("%s read, %s a second, %s left", of, english.Number(int(r.Rate)), r.Left.Round(time.Second))
	case r.Running:
		return of + " read"
	case r.Complete && now.Sub(r.At) > old:
		return fmt.Sprintf("read %d minutes ago", int(now.Sub(r.At).Minutes()))
	case r.Complete || r.Read == 0 && r.Err == nil:
		return ""
	default:
		return "only " + of + " read"
	}
}

// survey reads a domain into an index, once.
type survey struct {
	backend Backend
	index   index.Index

	mu      sync.Mutex
	state   Reading
	began   time.Time
	cancel  context.CancelFunc // of the reading under way
	running sync.WaitGroup
	changed chan struct{} // closed when the state has changed
}

// survey is the index of the domain.
func (d *directory) survey() *survey { return d.backend.(*indexed).survey }

// Reading tells how far the domain has been read for searches here.
func (f finder) Reading() Reading {
	if i, ok := f.in.backend.(*indexed); ok {
		state, _ := i.survey.now()
		return state
	}
	return Reading{}
}

// StopReading ends the reading of the domain under way; it reports whether there
// was one.
func (f finder) StopReading() bool {
	i, ok := f.in.backend.(*indexed)
	return ok && i.survey.stop()
}

// ReadAnew lets the next search read the domain once more.
func (f finder) ReadAnew() {
	if i, ok := f.in.backend.(*indexed); ok {
		i.survey.mu.Lock()
		defer i.survey.mu.Unlock()
		i.survey.state.Complete = i.survey.state.Running
	}
}

// find gives what answers, until all of the domain has been read.
func (s *survey) find(ctx context.Context, req index.Request, yield func(Found, error) bool) {
	s.begin(ctx)
	for {
		state, changed := s.now()
		if state.Running && state.Read == 0 {
			if !s.wait(ctx, changed, yield) {
				return
			}
			continue
		}
		found := Found{Reading: state, Cut: state.Cut}
		found.Objects, found.More = s.index.Search(req)
		if !state.Running && !state.Complete {
			found.Cut = "the domain was not read to its end"
		}
		err := state.Err
		if state.Running || errors.Is(err, context.Canceled) {
			err = nil
		}
		if err != nil && state.Read == 0 {
			found = Found{Reading: state}
		}
		if !yield(found, err) || !state.Running || !s.wait(ctx, changed, yield) {
			return
		}
	}
}

// each goes through all objects as they are read, until goOn says no. cut says why
// some may be missing.
func (s *survey) each(ctx context.Context, goOn func(*models.Object) bool) (cut string, err error) {
	s.begin(ctx)
	for next, more := 0, true; ; {
		state, changed := s.now()
		if next, more = s.index.Each(next, goOn); !more {
			return "", nil
		}
		if !state.Running {
			return state.Cut, state.Err
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
}

// wait waits for another state; it is false when the search has ended before.
func (s *survey) wait(ctx context.Context, changed <-chan struct{}, yield func(Found, error) bool) bool {
	select {
	case <-changed:
		return true
	case <-ctx.Done():
		yield(Found{}, ctx.Err())
		return false
	}
}

// begin starts the reading, unless it was done or is under way.
func (s *survey) begin(ctx context.Context) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.state.Running || s.state.Complete {
		return
	}
	ctx, s.cancel = context.WithCancel(context.WithoutCancel(ctx)) // it outlives the search that needed it first
	s.state, s.began = Reading{Running: true, Progress: walk.Progress{Total: models.UnknownTotal}, At: s.state.At}, time.Now()
	s.index.Begin()
	s.running.Go(func() { s.read(ctx) })
}

// read reads the whole domain.
func (s *survey) read(ctx context.Context) {
	err := s.readAll(ctx)
	if err == nil {
		s.index.End()
	}
	s.note(func(state *Reading) {
		state.Running, state.Complete, state.Err, state.Left = false, err == nil, err, 0
		if err == nil {
			state.At = time.Now()
		}
	})
}

func (s *survey) readAll(ctx context.Context) (err error) {
	defer guard.AsError(&err)
	info, err := s.backend.Info(ctx)
	if err != nil {
		return err
	}
	return walk.Domain(ctx, s.backend, models.ListRequest{Base: info.BaseDN}, func(objects []models.Object, p walk.Progress) {
		s.index.Add(objects)
		s.note(func(state *Reading) {
			state.Progress = p
			state.Rate = float64(p.Read) / max(time.Since(s.began).Seconds(), 0.001)
			state.Left = time.Duration(float64(max(p.Total-p.Read, 0)) / max(state.Rate, 1) * float64(time.Second))
		})
	})
}

// note changes the state and tells those who wait for it.
func (s *survey) note(change func(*Reading)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.state)
	close(s.changed)
	s.changed = make(chan struct{})
}

func (s *survey) now() (Reading, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state, s.changed
}

// stop ends the reading under way and waits for its end.
func (s *survey) stop() bool {
	s.mu.Lock()
	running, cancel := s.state.Running, s.cancel
	s.mu.Unlock()
	if cancel != nil {
		cancel()
	}
	s.running.Wait()
	return running
}

// seen takes objects that were listed, once there is an index.
func (s *survey) seen(objects []models.Object) {
	if state, _ := s.now(); state.Read > 0 {
		s.index.Add(objects)
	}
}

// freshen takes what a change did to names to the index; values came by reading
// the object back.
func (d *directory) freshen(out Outcome) {
	i, ok := d.backend.(*indexed)
	if !ok || !out.Verdict.Changed() {
		return
	}
	for _, a := range AffectedBy(out) {
		switch {
		case !a.Structure || a.DN == "" || a.DN.Equal(a.To): // what is new was read back
		case a.To != "":
			i.survey.index.Rename(a.DN, a.To)
		default:
			i.survey.index.Remove(a.DN)
		}
	}
}
