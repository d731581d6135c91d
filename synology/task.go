package synology

import (
	"context"
	"encoding/json"

	"dirdesk/models"
)

// TaskProgress is how far a task of Directory Server has come, for instance a
// deletion.
type TaskProgress struct {
	Finished bool
	Total    int // objects the task is about; models.UnknownTotal when not said
	Objects  []TaskObject
}

// TaskObject is one object that a task is through with.
type TaskObject struct {
	DN models.DN
	// Err is nil when it went well. DSM shows that as an empty status; the
	// shape of a failure is not attested, so any other status is one, with the
	// server's words inside.
	Err error
}

// Task asks how far a task has come. DSM goes on with some tasks only while
// somebody asks (docs/dsm.md section 4.13), and whether it keeps a result after it
// was read is not known.
func (c *Client) Task(ctx context.Context, taskID string) (TaskProgress, error) {
	results, err := c.compound(ctx, taskID, item{methodPolling, params{"task_id": taskID}})
	if err != nil {
		return TaskProgress{}, err
	}
	if err := results[0].err; err != nil {
		return TaskProgress{}, c.explain(methodPolling, taskID, err)
	}
	progress, err := c.decodeTask(results[0].data)
	if err != nil {
		return TaskProgress{}, c.explain(methodPolling, taskID, err)
	}
	return progress, nil
}

// decodeTask reads {"data":[{"dn","status":{}}],"finished":true,"total":1}
// (docs/dsm.md section 4.15; live capture).
func (c *Client) decodeTask(data json.RawMessage) (TaskProgress, error) {
	var answer struct {
		Data []struct {
			DN     looseText       `json:"dn"`
			Status json.RawMessage `json:"status"`
		} `json:"data"`
		Finished looseBool `json:"finished"`
		Total    looseInt  `json:"total"`
	}
	if err := json.Unmarshal(data, &answer); err != nil {
		return TaskProgress{}, notUnderstood(err)
	}
	if !answer.Finished.flag.Known() {
		return TaskProgress{}, notUnderstood(nil)
	}
	progress := TaskProgress{Finished: answer.Finished.flag == models.Yes, Total: models.UnknownTotal}
	if answer.Total.known && answer.Total.value >= 0 && answer.Total.value < 1<<31 {
		progress.Total = int(answer.Total.value)
	}
	for _, object := range answer.Data {
		done := TaskObject{DN: models.DN(object.DN)}
		if f := statusFailure(object.Status); f != nil {
			done.Err = c.explainFailure(methodDelete, string(object.DN), f)
		}
		progress.Objects = append(progress.Objects, done)
	}
	return progress, nil
}

// statusFailure reads the status of one object of a task: nothing, null and {}
// are good, and so is code 0; all else is a failure (inferred).
func statusFailure(status json.RawMessage) *failure {
	if first(status) == 0 || isNothing(status) {
		return nil
	}
	if first(status) == '{' {
		var members map[string]json.RawMessage
		if json.Unmarshal(status, &members) == nil && len(members) == 0 {
			return nil
		}
	}
	d, ok := parseDetail(status)
	switch {
	case ok && d.code == 0:
		return nil
	case !ok:
		return &failure{code: codeNone, inner: true, text: excerpt(status)}
	}
	f := &failure{code: d.code, inner: true, text: d.words}
	if d.words == "" && d.code == codeNone {
		f.text = excerpt(status)
	}
	return f
}
