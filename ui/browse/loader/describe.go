package loader

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"dirdesk/desk"
	"dirdesk/models"
)

// describeAfter is how long the cursor must rest before more is asked about its object.
const describeAfter = 150 * time.Millisecond

// description is what is known of the object under the cursor beyond its row.
type description struct {
	subject models.DN // object that the fields below are about
	count   int       // counts changes of subject, to act on the last only
	reading int       // task that reads it
	full    *models.Object
	err     error
}

type describeMsg struct{ count int }

type describedMsg struct {
	task   int
	object models.Object
	err    error
}

// Forget lets the object under the cursor be described anew.
func (o *Objects) Forget() { o.subject = "" }

// Describe sees to it that more is known of an object once the cursor rests.
func (o *Objects) Describe(object *models.Object) tea.Cmd {
	if object == nil || object.DN == o.subject {
		return nil
	}
	if _, can := desk.Capability[desk.Getter](o.Backend); !can {
		return nil
	}
	o.end(o.reading)
	o.description = description{subject: object.DN, count: o.count + 1}
	return o.Later(describeAfter, describeMsg{o.count})
}

// Described is all that is known of an object, whether more is being read, or why not.
func (o *Objects) Described(object *models.Object) (full *models.Object, reading bool, err error) {
	if object == nil || object.DN != o.subject {
		return object, false, nil
	}
	if o.full != nil {
		object = o.full
	}
	return object, o.reading != 0, o.err
}

func (o *Objects) onDescribe(msg describeMsg) tea.Cmd {
	getter, can := desk.Capability[desk.Getter](o.Backend)
	if msg.count != o.count || o.subject == "" || !can {
		return nil
	}
	id, ctx := o.start(o.Context, "")
	o.reading = id
	dn, backend := o.subject, o.Backend
	return func() tea.Msg {
		object, err := getter.Get(ctx, dn)
		if err == nil {
			countMembers(ctx, backend, &object)
		}
		return describedMsg{id, object, err}
	}
}

// countMembers counts the direct members of a group where reading it does not
// tell how many there are. That they cannot be counted is no failure.
func countMembers(ctx context.Context, backend desk.Backend, o *models.Object) {
	reader, able := desk.Capability[desk.MemberReader](backend)
	if !able || o.Category != models.Group || o.Account == nil || o.Account.Members >= 0 {
		return
	}
	if members, err := reader.Members(ctx, o.DN); err == nil {
		account := *o.Account
		account.Members = len(members)
		o.Account = &account
	}
}

// onDescribed takes what was read. A failure is shown among the details.
func (o *Objects) onDescribed(msg describedMsg) Report {
	if !o.end(msg.task) {
		return Report{}
	}
	o.reading = 0
	switch {
	case msg.err == nil:
		o.full = &msg.object
	case !errors.Is(msg.err, context.Canceled):
		o.err = msg.err
		return Report{Failed: &Failure{Err: msg.err}}
	}
	return Report{}
}
