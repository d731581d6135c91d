package simulator

import (
	"context"

	"dirdesk/models"
	"dirdesk/simulator/directory"
)

// served puts the directory in memory behind the interface that the face
// serves, which a directory at the far end of a network could stand behind too.
type served struct{ d *directory.Directory }

var _ Upstream = served{}

func (s served) Info(context.Context) (models.DirectoryInfo, error) { return s.d.Info(), nil }

func (s served) List(_ context.Context, request models.ListRequest) (models.Page, error) {
	return s.d.List(request)
}

func (s served) Conflict(_ context.Context, name string) (bool, error) {
	return s.d.Conflict(name), nil
}
