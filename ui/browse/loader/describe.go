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
	count := o.count
	return o.Later(describeAfter, doMsg(func() Report {
		if count != o.count || o.subject == "" {
			return Report{}
		}
		return Report{Next: o.describe()}
	}))
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

// describe reads the subject. A failure is shown among the details.
func (o *Objects) describe() tea.Cmd {
	backend, dn := o.Backend, o.subject
	getter, can := desk.Capability[desk.Getter](backend)
	if !can {
		return nil
	}
	cmd := ask(o.connection, "", func(ctx context.Context) (models.Object, error) {
		object, err := getter.Get(ctx, models.Ref{DN: dn})
		if err == nil {
			countMembers(ctx, backend, &object)
		}
		return object, err
	}, func(object models.Object, err error) Report {
		o.reading = 0
		switch {
		case err == nil:
			o.full = &object
		case !errors.Is(err, context.Canceled):
			o.err = err
			return failure("", err, nil)
		}
		return Report{}
	})
	o.reading = o.last
	return cmd
}

// countMembers counts the direct members of a group where reading it does not
// tell how many there are. That they cannot be counted is no failure.
func countMembers(ctx context.Context, backend desk.Backend, o *models.Object) {
	d := desk.New(backend, desk.Options{})
	if !d.CanListMembers(false) || o.Category != models.Group || o.Account == nil || o.Account.Members >= 0 {
		return
	}
	if members, err := d.Everyone(ctx, o.Ref(), false); err == nil {
		account := *o.Account
		account.PrimaryMembers = len(members.Primary)
		account.Members = len(members.DNs) - account.PrimaryMembers
		o.Account = &account
	}
}
