package desk

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"

	"dirdesk/internal/english"
	"dirdesk/models"
)

// knownRights are what the operator may do to objects, as far as it was asked for.
type knownRights struct {
	in *directory
	mu sync.Mutex
	by map[string]models.Rights
}

func rightsKey(ref models.Ref) string { return cmp.Or(ref.GUID, ref.DN.Key()) }

// rightsOn gives what was asked before.
func (k *knownRights) rightsOn(ref models.Ref) (models.Rights, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	r, known := k.by[rightsKey(ref)]
	return r, known
}

func (k *knownRights) learn(ref models.Ref, r models.Rights) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.by == nil || len(k.by) >= maxPlaces {
		k.by = map[string]models.Rights{}
	}
	k.by[rightsKey(ref)] = r
}

// ForgetRights lets them be asked for anew: after a write, which may have changed
// any, and when a person looks anew.
func (k *knownRights) ForgetRights() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.by = nil
}

// TellsRights reports whether the connection tells what the operator may do.
func (c connection) TellsRights() bool { return has[RightsReader](c.backend) }

// KnowsRights reports whether May need not be asked about an object.
func (k *knownRights) KnowsRights(ref models.Ref) bool {
	_, known := k.rightsOn(ref)
	return known || !k.in.TellsRights()
}

// May asks what the operator may do to an object. Can and Refuses go by the answer
// until it is forgotten; one that could not be got leaves all to the server.
func (k *knownRights) May(ctx context.Context, ref models.Ref) (models.Rights, error) {
	reader, tells := Capability[RightsReader](k.in.backend)
	if !tells {
		return models.Rights{}, nil
	}
	r, err := reader.Rights(ctx, ref)
	if err != nil {
		r = models.Rights{}
	}
	if ctx.Err() == nil {
		k.learn(ref, r)
	}
	return r, err
}

// Refuses says why the server would refuse a change, by the rights that are known;
// "" when it would not, or that is not known.
func (k *knownRights) Refuses(c models.Change) string {
	op, known := operations()[c.Action]
	on, into := rightsFor(op, c)
	r, asked := k.rightsOn(on)
	if !known || !asked || !k.judges(op, c.Category) {
		return ""
	}
	var target models.Rights
	if into != nil {
		target, _ = k.rightsOn(*into)
	}
	words := op.mayNot(k.in, r, target, c)
	if words != "" && r.Protected {
		return "the desk's delegation does not reach protected accounts"
	}
	return words
}

// rightsFor names the object that a change takes rights on: of a creation the
// container; and the container that an object is moved to, nil for none.
func rightsFor(op operation, c models.Change) (on models.Ref, into *models.Ref) {
	on, into = c.Ref(), c.Into()
	if into != nil && into.DN == "" {
		into = nil
	}
	if op != nil && op.about().Creates && into != nil {
		return *into, nil
	}
	return on, into
}

// judges reports whether the part of the connection that would make a change is the
// one whose account's rights are told: DSM writes as DSM may.
func (k *knownRights) judges(op operation, category models.Category) bool {
	for part := range capabilities[Backend](k.in.backend) {
		if op.about().cannot(&directory{connection: connection{part}}, category) == "" {
			return has[RightsReader](part)
		}
	}
	return false
}

// denied says why the server would refuse a step. What was known is asked anew
// before a step is refused for it.
func (k *knownRights) denied(ctx context.Context, op operation, c models.Change) (string, error) {
	if !k.judges(op, c.Category) {
		return "", nil
	}
	on, into := rightsFor(op, c)
	refs := []models.Ref{on}
	if into != nil {
		refs = append(refs, *into)
	}
	stale := slices.ContainsFunc(refs, k.KnowsRights)
	ask := func(all bool) error {
		for _, ref := range refs {
			if all || !k.KnowsRights(ref) {
				if _, err := k.May(ctx, ref); errors.Is(err, context.Canceled) {
					return err
				}
			}
		}
		return nil
	}
	err := ask(false)
	words := k.Refuses(c)
	if words != "" && stale && err == nil {
		err = ask(true)
		words = k.Refuses(c)
	}
	return words, err
}

// unwritable says which of some attributes the operator may not write.
func unwritable(r models.Rights, attributes ...string) string {
	var denied []string
	for _, name := range attributes {
		if r.Write(name) == models.No && !slices.Contains(denied, name) {
			denied = append(denied, name)
		}
	}
	return when(len(denied) > 0, "you may not write "+english.And(denied...)+" here")
}

// uncreatable says that no object of a class may be made in a container.
func uncreatable(container models.Rights, class string) string {
	return when(container.Create(class) == models.No, "you may not create "+english.A(models.ClassWords(class))+" here")
}
