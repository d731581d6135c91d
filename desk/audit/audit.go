// Package audit asks a whole domain questions in one pass: who is locked, who is
// stale, what was created lately. What a connection does not tell is unknown, and
// stands apart.
package audit

import (
	"context"
	"fmt"

	"dirdesk/desk/filter"
	"dirdesk/desk/walk"
	"dirdesk/models"
	"dirdesk/models/moment"
)

// Result is the answer to one report.
type Result struct {
	Report
	Rows    []models.Object
	Unknown []models.Object // the connection does not tell whether they belong to the rows
}

// Audit is the answer to all reports that were asked for.
type Audit struct {
	Results []Result
	Read    int // objects
	// Partial says in words why not all was read; "" when it was.
	Partial string
}

// Run reads all that is below a base once, and judges each object by each report.
// progress hears how far it is. An error, the context's too, leaves what was read, and
// is the reason in Partial; it is given too.
func Run(ctx context.Context, backend walk.Lister, base models.DN, reports []Report, clock moment.Clock, progress func(walk.Progress)) (Audit, error) {
	audit := Audit{Results: make([]Result, len(reports))}
	judges := make([]func(*models.Object) models.Flag, len(reports))
	for i, r := range reports {
		conditions, err := filter.Parse(r.Where, clock)
		if err != nil {
			return Audit{}, fmt.Errorf("the report %s: %w", r.ID, err)
		}
		audit.Results[i].Report, judges[i] = r, conditions.Judge(clock.Now)
	}
	err := walk.Domain(ctx, backend, models.ListRequest{Base: base}, func(objects []models.Object, p walk.Progress) {
		audit.take(objects, judges)
		audit.Read, audit.Partial = p.Read, p.Cut
		progress(p)
	})
	if err != nil {
		audit.Partial = "not all was read"
	}
	return audit, err
}

func (a *Audit) take(objects []models.Object, judges []func(*models.Object) models.Flag) {
	for i := range objects {
		for n, judge := range judges {
			switch r := &a.Results[n]; judge(&objects[i]) {
			case models.Yes:
				r.Rows = append(r.Rows, objects[i])
			case models.Unknown:
				r.Unknown = append(r.Unknown, objects[i])
			}
		}
	}
}
