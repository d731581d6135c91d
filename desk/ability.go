package desk

// combination is what Ability looks through: a backend made of others. The
// first part that can do something does it.
type combination interface {
	Parts() []Backend
}

// Ability finds an optional interface on a backend, through combined ones. The
// parts are asked in their order.
func Ability[T any](b Backend) (T, bool) {
	for ability := range abilities[T](b) {
		return ability, true
	}
	var none T
	return none, false
}

// abilities are all parts of a backend that have an ability, in their order.
func abilities[T any](b Backend) func(yield func(T) bool) {
	return func(yield func(T) bool) {
		if c, combined := b.(combination); combined {
			for _, part := range c.Parts() {
				for ability := range abilities[T](part) {
					if !yield(ability) {
						return
					}
				}
			}
			return
		}
		if ability, ok := b.(T); ok {
			yield(ability)
		}
	}
}
