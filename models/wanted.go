package models

import "context"

type wantedKey struct{}

// WithWanted names properties that are about to be changed to a backend that
// reads properties by their names only: those that it does not know by itself it
// then reads too, as of the types of the changes. Others read everything anyway.
func WithWanted(ctx context.Context, changes []PropertyChange) context.Context {
	return context.WithValue(ctx, wantedKey{}, changes)
}

// WantedOf are the properties named by WithWanted, by name and type; none
// otherwise.
func WantedOf(ctx context.Context) []Property {
	changes, _ := ctx.Value(wantedKey{}).([]PropertyChange)
	wanted := make([]Property, 0, len(changes))
	for _, c := range changes {
		wanted = append(wanted, Property{Name: c.Name, Type: c.Type})
	}
	return wanted
}
