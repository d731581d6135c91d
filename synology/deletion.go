package synology

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"dirdesk/internal/webclient"
	"dirdesk/models"
)

// mostMisses is how many questions after a task may go unanswered in a row.
const mostMisses = 5

// CanDeleteSubtree is false: what a deletion does to objects below is not known,
// and a domain controller refuses it.
func (b *Backend) CanDeleteSubtree() bool { return false }

// Delete deletes objects, each by itself, and waits for the end. done is called
// once for each as it becomes known, with nil or why not; an object that has
// others below it is models.ErrNotEmpty. The error is about all those that done
// was not called for: when the deletion was not begun, why not; when it was and
// its end is not known, models.ErrUnknownOutcome, also if ctx ends meanwhile. With
// subtree it is models.ErrUnsupported.
func (b *Backend) Delete(ctx context.Context, refs []models.Ref, subtree bool, done func(models.DN, error)) error {
	d := newDeletion(models.Names(refs), done)
	if subtree {
		return b.explain(methodDelete, d.words(), cannot("DSM's documented calls do not delete what lies below an object"))
	}
	if len(d.dns) == 0 {
		return nil
	}
	task, err := b.startTask(ctx, methodDelete, d.words(), params{"dnList": d.dns})
	if err != nil {
		return err
	}
	err = b.follow(ctx, task, d)
	return b.explain(methodDelete, d.words(), err)
}

// cannot is for what none of DSM's documented calls does.
func cannot(words string) error {
	return webclient.Fault(models.ErrUnsupported, words, "Connect to the domain over LDAP for this.")
}

// startTask sends a call that answers with {"task_id"} (docs/dsm.md section 6; live
// samples).
func (b *Backend) startTask(ctx context.Context, m method, object string, p params) (string, error) {
	data, err := b.call(ctx, m, object, p)
	if err != nil {
		return "", err
	}
	task := members(data).Text("task_id")
	if task == "" {
		return "", b.explain(m, object, webclient.Lost(notUnderstood()))
	}
	return task, nil
}

// follow asks after the task until it is finished: it goes on only while
// somebody asks (docs/dsm.md section 4.13). The questions are harmless, so one that
// got no answer is asked again; a refusal, or a long silence, ends the wait. The
// first two pauses are shorter, as one object is gone in no time.
func (b *Backend) follow(ctx context.Context, task string, d *deletion) error {
	wait, misses, news := b.options.PollEvery/4, 0, time.Now()
	for {
		progress, err := b.task(ctx, task)
		switch {
		case err == nil:
			misses = 0
			if d.report(progress) {
				news = time.Now()
			}
			if len(d.open) == 0 {
				return nil
			}
			if progress.finished {
				return d.unknown("DSM finished but said nothing of them", nil)
			}
		case ctx.Err() != nil:
			return d.unknown("stopped waiting for DSM, which may go on", nil)
		default:
			if misses++; misses >= mostMisses || !isPassing(err) {
				return d.unknown("DSM does not tell how it went", err)
			}
		}
		if time.Since(news) >= b.options.patience {
			return d.unknown(fmt.Sprintf("no progress in %s", b.options.patience), err)
		}
		select {
		case <-ctx.Done():
			return d.unknown("stopped waiting for DSM, which may go on", nil)
		case <-time.After(wait):
		}
		wait = min(2*wait, 2*b.options.PollEvery)
	}
}

// isPassing tells troubles on the way, and a DSM that is busy, from DSM's word
// that there is no such task.
func isPassing(err error) bool {
	var refused *failure
	if errors.As(err, &refused) {
		return errors.Is(err, models.ErrBusy)
	}
	return webclient.IsPassing(err)
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
func (d *deletion) report(progress taskProgress) (news bool) {
	grows := progress.total != models.UnknownTotal && len(progress.objects) < progress.total
	if !progress.finished && !grows {
		return false
	}
	for _, object := range progress.objects {
		key := object.dn.Key()
		dn, waiting := d.open[key]
		if !waiting {
			continue
		}
		delete(d.open, key)
		news = true
		if d.done != nil {
			d.done(dn, object.err)
		}
	}
	return news
}

func (d *deletion) unknown(words string, cause error) error {
	return webclient.Unknown("the deletion was begun, but its end is not known: "+words, cause)
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

// taskProgress is how far a task of Directory Server has come.
type taskProgress struct {
	finished bool
	total    int // objects the task is about; models.UnknownTotal when not said
	objects  []taskObject
}

// taskObject is one object that a task is through with. err is nil when it went
// well: DSM shows that as an empty status. The shape of a failure is not attested, so
// any other status is one, with the server's words inside.
type taskObject struct {
	dn  models.DN
	err error
}

// task asks how far a task has come. DSM goes on with some tasks only while
// somebody asks (docs/dsm.md section 4.13), and whether it keeps a result after it
// was read is not known.
func (b *Backend) task(ctx context.Context, id string) (taskProgress, error) {
	data, _, err := b.inCompound(ctx, methodPolling, id, params{"task_id": id})
	if err != nil {
		return taskProgress{}, err
	}
	progress, err := b.decodeTask(data)
	return progress, b.explain(methodPolling, id, err)
}

// decodeTask reads {"data":[{"dn","status":{}}],"finished":true,"total":1}
// (docs/dsm.md section 4.15; live capture).
func (b *Backend) decodeTask(data json.RawMessage) (taskProgress, error) {
	answer := members(data)
	list, listed := answer.List("data")
	if !answer.Flag("finished").Known() || !listed && !isNothing(answer["data"]) {
		return taskProgress{}, notUnderstood()
	}
	progress := taskProgress{finished: answer.Flag("finished") == models.Yes}
	progress.total, _ = totalOf(answer)
	for _, raw := range list {
		object := members(raw)
		done := taskObject{dn: models.DN(object.Text("dn"))}
		if f := statusFailure(object["status"]); f != nil {
			done.err = b.explainFailure(methodDelete, string(done.dn), f)
		}
		progress.objects = append(progress.objects, done)
	}
	return progress, nil
}

// statusFailure reads the status of one object of a task: nothing, null and {}
// are good, and so is code 0; all else is a failure (inferred).
func statusFailure(status json.RawMessage) *failure {
	if isNothing(status) || first(status) == '{' && len(members(status)) == 0 {
		return nil
	}
	d, ok := parseDetail(status)
	if ok && d.code == 0 {
		return nil
	}
	f := &failure{code: d.code, inner: true, text: d.words}
	if !ok || d.words == "" && d.code == codeNone {
		f.code, f.text = codeNone, webclient.Scrubber(nil).Excerpt(status)
	}
	return f
}
