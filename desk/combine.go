package desk

import (
	"context"
	"errors"
	"iter"

	"dirdesk/models"
)

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
