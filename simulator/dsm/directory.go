package dsm

import (
	"context"

	"dirdesk/models"
)

// Directory is what the face serves: the least that reading needs. It is safe
// for use by several goroutines. Its errors are *models.Error or wrap one; the
// kind decides which DSM error a client gets.
type Directory interface {
	// Info says which domain this is. An empty Status counts as "running".
	Info(ctx context.Context) (models.DirectoryInfo, error)
	// List gives one page of the direct children of req.Base with the exact
	// total; models.ErrNotFound when there is no such base.
	List(ctx context.Context, req models.ListRequest) (models.Page, error)
	// Conflict reports whether an account or group of that logon name exists.
	Conflict(ctx context.Context, name string) (bool, error)
}
