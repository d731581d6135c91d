package fault

import "sync"

// Injector holds the faults that are switched on and counts calls against
// them. It is safe for use by several goroutines; the zero value has no faults.
type Injector struct {
	mu    sync.Mutex
	rules []*rule
}

type rule struct {
	spec Spec
	seen int // matching calls since the fault was put in
}

// NewInjector makes an Injector with some faults switched on.
func NewInjector(specs ...Spec) *Injector {
	in := &Injector{}
	for _, s := range specs {
		in.Add(s)
	}
	return in
}

// Add switches a fault on; its calls are counted from now.
func (in *Injector) Add(spec Spec) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.rules = append(in.rules, &rule{spec: spec})
}

// Clear switches all faults off.
func (in *Injector) Clear() {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.rules = nil
}

// Next counts one call and gives the faults that hit it, in the order in which
// they were added.
func (in *Injector) Next(api, method string) []Spec {
	in.mu.Lock()
	defer in.mu.Unlock()
	var hits []Spec
	for _, r := range in.rules {
		if !r.spec.Matches(api, method) {
			continue
		}
		r.seen++
		if r.spec.Nth == 0 || r.spec.Nth == r.seen {
			hits = append(hits, r.spec)
		}
	}
	return hits
}
