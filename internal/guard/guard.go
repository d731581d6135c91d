// Package guard keeps a panic in a goroutine of ours from ending the program with
// the terminal in its hands: it is handed to whoever waits for the goroutine.
package guard

import (
	"context"
	"fmt"
	"runtime/debug"
)

// Panic is a panic that was caught.
type Panic struct {
	Value any
	Stack string // of the goroutine that panicked
}

// Error gives the value, not the stack.
func (p *Panic) Error() string { return fmt.Sprint(p.Value) }

// Catch runs do and gives its panic; nil for none.
func Catch(do func()) (caught *Panic) {
	defer func() {
		if r := recover(); r != nil {
			caught = from(r)
		}
	}()
	do()
	return nil
}

// from keeps the stack of a panic that is handed on.
func from(value any) *Panic {
	if p, again := value.(*Panic); again {
		return p
	}
	return &Panic{value, string(debug.Stack())}
}

// Raise panics anew; nil does nothing.
func (p *Panic) Raise() {
	if p != nil {
		panic(p)
	}
}

// AsError makes a panic the error of the function that defers it. It is for
// functions that a library calls in a goroutine of its own.
func AsError(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("a fault of the program's own: %w", from(r))
	}
}

// Call runs do in a goroutine and waits for it, or for ctx to end: then do goes
// on by itself and nobody hears of it. A panic of do is raised here.
func Call[T any](ctx context.Context, do func() (T, error)) (value T, err error) {
	type answer struct {
		value  T
		err    error
		caught *Panic
	}
	answers := make(chan answer, 1)
	go func() {
		var a answer
		a.caught = Catch(func() { a.value, a.err = do() })
		answers <- a
	}()
	select {
	case a := <-answers:
		a.caught.Raise()
		return a.value, a.err
	case <-ctx.Done():
		return value, ctx.Err()
	}
}
