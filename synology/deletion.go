package synology

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"dirdesk/models"
)

// mostMisses is how many questions after a task may go unanswered in a row.
const mostMisses = 5

// Delete deletes objects, each by itself, and waits for the end. done is called
// once for each as it becomes known, with nil or why not; an object that has
// others below it is models.ErrNotEmpty. The error is about all those that done
// was not called for: when the deletion was not begun, why not; when it was and
// its end is not known, models.ErrUnknownOutcome, also if ctx ends meanwhile.
func (c *Client) Delete(ctx context.Context, dns []models.DN, done func(models.DN, error)) error {
	d := newDeletion(dns, done)
	if len(d.dns) == 0 {
		return nil
	}
	task, err := c.startTask(ctx, methodDelete, d.words(), params{"dnList": d.dns})
	if err != nil {
		return err
	}
	err = c.follow(ctx, task, d)
	return c.explain(methodDelete, d.words(), err)
}

// startTask sends a call that answers with {"task_id"} (docs/dsm.md section 6; live
// samples).
func (c *Client) startTask(ctx context.Context, m method, object string, p params) (string, error) {
	data, err := c.call(ctx, m, object, p)
	if err != nil {
		return "", err
	}
	var answer struct {
		Task looseText `json:"task_id"`
	}
	if err := json.Unmarshal(data, &answer); err != nil || answer.Task == "" {
		return "", c.explain(m, object, lost(notUnderstood(err)))
	}
	return string(answer.Task), nil
}

// follow asks after the task until it is finished: it goes on only while
// somebody asks (docs/dsm.md section 4.13). The questions are harmless, so one that
// got no answer is asked again; a refusal, or a long silence, ends the wait. The
// first two pauses are shorter, as one object is gone in no time.
func (c *Client) follow(ctx context.Context, task string, d *deletion) error {
	wait, misses, news := c.pollEvery/4, 0, time.Now()
	for {
		progress, err := c.Task(ctx, task)
		switch {
		case err == nil:
			misses = 0
			if d.report(progress) {
				news = time.Now()
			}
			if len(d.open) == 0 {
				return nil
			}
			if progress.Finished {
				return d.unknown("DSM finished but said nothing of them", nil)
			}
		case ctx.Err() != nil:
			return d.unknown("stopped waiting for DSM, which may go on", nil)
		default:
			if misses++; misses >= mostMisses || !isPassing(err) {
				return d.unknown("DSM does not tell how it went", err)
			}
		}
		if time.Since(news) >= c.patience {
			return d.unknown(fmt.Sprintf("no progress in %s", c.patience), err)
		}
		select {
		case <-ctx.Done():
			return d.unknown("stopped waiting for DSM, which may go on", nil)
		case <-time.After(wait):
		}
		wait = min(2*wait, 2*c.pollEvery)
	}
}

// isPassing tells troubles on the way, and a DSM that is busy, from DSM's word
// that there is no such task.
func isPassing(err error) bool {
	var refused *failure
	if errors.As(err, &refused) {
		return errors.Is(err, models.ErrBusy)
	}
	return errors.Is(err, models.ErrUnreachable) || errors.Is(err, models.ErrBusy) ||
		errors.Is(err, models.ErrServer) || errors.Is(err, models.ErrProtocol)
}

// deletion is what is still to be heard of.
type deletion struct {
	dns  []models.DN // each once
	open map[string]models.DN
	done func(models.DN, error)
}

func newDeletion(dns []models.DN, done func(models.DN, error)) *deletion {
	d := &deletion{open: make(map[string]models.DN, len(dns)), done: done}
	for _, dn := range dns {
		if _, twice := d.open[dn.Key()]; !twice {
			d.open[dn.Key()] = dn
			d.dns = append(d.dns, dn)
		}
	}
	return d
}

// report calls done for what is new, and tells whether something was. As long
// as the task runs, a list that grows tells what it is through with (inferred);
// one that is complete from the start tells nothing, so it waits for the end.
func (d *deletion) report(progress TaskProgress) (news bool) {
	grows := progress.Total != models.UnknownTotal && len(progress.Objects) < progress.Total
	if !progress.Finished && !grows {
		return false
	}
	for _, object := range progress.Objects {
		key := object.DN.Key()
		dn, waiting := d.open[key]
		if !waiting {
			continue
		}
		delete(d.open, key)
		news = true
		if d.done != nil {
			d.done(dn, object.Err)
		}
	}
	return news
}

func (d *deletion) unknown(words string, cause error) error {
	e := unknownOutcome("the deletion was begun, but its end is not known: "+words, cause)
	var known *models.Error
	if errors.As(cause, &known) {
		e.Code, e.Server = known.Code, known.Server
	}
	return e
}

// words name what is still open: an object, or how many.
func (d *deletion) words() string {
	if len(d.open) == 1 {
		for _, dn := range d.open {
			return string(dn)
		}
	}
	return fmt.Sprintf("%d objects", len(d.open))
}
