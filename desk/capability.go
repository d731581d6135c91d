package desk

import (
	"context"
	"errors"
	"iter"

	"dirdesk/models"
)

// combination is what Capability looks through: a backend made of others. The
// first part that can do something does it.
type combination interface {
	Parts() []Backend
}

// Capability finds an optional interface on a backend, through combined ones.
// The parts are asked in their order.
func Capability[T any](b Backend) (T, bool) {
	for capability := range capabilities[T](b) {
		return capability, true
	}
	var none T
	return none, false
}

// capabilities are all parts of a backend that have a capability, in their
// order.
func capabilities[T any](b Backend) func(yield func(T) bool) {
	return func(yield func(T) bool) {
		if c, combined := b.(combination); combined {
			for _, part := range c.Parts() {
				for capability := range capabilities[T](part) {
					if !yield(capability) {
						return
					}
				}
			}
			return
		}
		if capability, ok := b.(T); ok {
			yield(capability)
		}
	}
}

func has[T any](b Backend) bool {
	_, ok := Capability[T](b)
	return ok
}

// with calls the first part of a backend that has a capability.
func with[T any](b Backend, call func(T) (models.DN, error)) (models.DN, error) {
	capability, ok := Capability[T](b)
	if !ok {
		return "", &models.Error{Kind: models.ErrUnsupported, Action: "change"}
	}
	return call(capability)
}

// do is with for a call that gives no name.
func do[T any](b Backend, call func(T) error) (models.DN, error) {
	return with(b, func(capability T) (models.DN, error) { return "", call(capability) })
}

// Combine makes one backend of two that show the same domain: it is browsed
// through primary, and each action goes through the one that can do it, primary
// first. Objects are read one by one through the one that can Get.
func Combine(primary, directory Backend) Backend {
	return &combined{primary: primary, directory: directory}
}

type combined struct{ primary, directory Backend }

func (c *combined) Parts() []Backend { return []Backend{c.primary, c.directory} }

func (c *combined) About() models.About { return c.primary.About() }

func (c *combined) Info(ctx context.Context) (models.DirectoryInfo, error) {
	return c.primary.Info(ctx)
}

func (c *combined) List(ctx context.Context, req models.ListRequest) iter.Seq2[models.Page, error] {
	return c.primary.List(ctx, req)
}

// Close closes both, whatever the first says.
func (c *combined) Close(ctx context.Context) error {
	return errors.Join(c.primary.Close(ctx), c.directory.Close(ctx))
}
