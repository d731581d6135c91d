package forms

import (
	"strings"

	"dirdesk/models"
)

// Move asks for the container that objects are to go to: found by part of its
// name, or named by its DN. One change for each object.
func Move(env Env, objects []models.Object) Form {
	p := newPicker(env, "Move: "+names(objects), containerWords)
	p.types, p.typed = models.ContainerCategories(), typedDN
	p.held = func(to models.Object) string { return cannotHold(to, objects, env.Base) }
	p.build = func(chosen []models.Object) []models.Change {
		changes := make([]models.Change, len(objects))
		for i, o := range objects {
			changes[i] = models.Change{Action: models.Move, NewParent: chosen[0].Ref()}.Of(o)
		}
		return changes
	}
	return p
}

// containerWords say what to look for where a container is picked.
const containerWords = "an OU or container, or its DN"

// typedDN is the container that a text names by its DN.
func typedDN(text string) (models.Object, bool) {
	if !strings.Contains(text, "=") {
		return models.Object{}, false
	}
	dn, err := models.ParseDN(text)
	if err != nil {
		return models.Object{}, false
	}
	return models.Object{DN: dn, Name: "this DN: " + dn.RDN().Value}, true
}

// cannotHold is why objects cannot be moved to a container.
func cannotHold(to models.Object, objects []models.Object, base models.DN) string {
	there := 0
	for _, o := range objects {
		switch {
		case to.DN.Equal(o.DN), to.DN.IsBelow(o.DN):
			return "lies in what is to be moved"
		case to.DN.Equal(o.DN.Parent()):
			there++
		}
	}
	if there > 0 && there == len(objects) {
		return "that is where it is now"
	}
	if base != "" && !to.DN.Equal(base) && !to.DN.IsBelow(base) {
		return "not in this domain"
	}
	return ""
}
