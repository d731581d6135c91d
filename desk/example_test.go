package desk_test

import (
	"context"
	"fmt"
	"iter"

	"dirdesk/desk"
	"dirdesk/models"
)

// oneUser is a backend that holds one user and can do two things: read an object,
// and unlock an account.
type oneUser struct{ user models.Object }

func (b *oneUser) About() models.About         { return models.About{Backend: "one user"} }
func (b *oneUser) Close(context.Context) error { return nil }

func (b *oneUser) Info(context.Context) (models.DirectoryInfo, error) {
	return models.DirectoryInfo{Realm: "example.com", BaseDN: "DC=example,DC=com"}, nil
}

func (b *oneUser) List(_ context.Context, req models.ListRequest) iter.Seq2[models.Page, error] {
	return func(yield func(models.Page, error) bool) {
		yield(models.Page{Objects: []models.Object{b.user}, Offset: req.Offset, Total: 1}, nil)
	}
}

func (b *oneUser) Get(context.Context, models.Ref) (models.Object, error) { return b.user, nil }

func (b *oneUser) Unlock(context.Context, models.Ref) error {
	b.user.Locked = models.No
	return nil
}

// A change is planned, looked at, and made; what is reported was read back.
func Example() {
	ctx := context.Background()
	user := models.Object{
		DN: "CN=Ann Smith,CN=Users,DC=example,DC=com", SAMAccountName: "asmith", Category: models.Person, Locked: models.Yes,
	}
	d := desk.New(&oneUser{user}, desk.Options{Mode: desk.Open})

	plan, err := d.Plan(ctx, []models.Change{{Action: models.Unlock, DN: user.DN}}, desk.PlanOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, line := range plan.Steps[0].Lines {
		fmt.Printf("%s: %s -> %s\n", line.Label, line.Before, line.After)
	}
	fmt.Println(plan.Question().Text)
	for outcome := range d.Apply(ctx, plan) {
		fmt.Println(outcome.Words)
	}
	// Output:
	// locked: yes -> no
	// Unlock Ann Smith (asmith), Users?
	// asmith: is now unlocked, verified
}

// What a connection cannot do is known before anybody asks for it.
func ExampleDesk_Can() {
	d := desk.New(&oneUser{}, desk.Options{Mode: desk.Open})
	user := models.Object{Category: models.Person, Locked: models.No}
	fmt.Println(d.Can(models.Move, user))
	fmt.Println(d.Can(models.Unlock, user))
	// Output:
	// this connection cannot move an object
	// it is not locked
}
