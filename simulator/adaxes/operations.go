package adaxes

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"dirdesk/simulator/wire"
)

// operations are the writes whose business rules were still at work when their
// callers did not want to wait longer. It is safe for use by several goroutines.
type operations struct {
	mu   sync.Mutex
	byID map[string]running
}

// running is one of them: the change is made, its result is told from ends on.
type running struct {
	result result
	ends   time.Time
}

func newOperations() *operations { return &operations{byID: map[string]running{}} }

func (o *operations) add(r result, ends time.Time) string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	id := fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
	o.mu.Lock()
	defer o.mu.Unlock()
	o.byID[id] = running{r, ends}
	return id
}

func (o *operations) find(id string) (running, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	r, ok := o.byID[id]
	return r, ok
}

// progress is the answer to a question about an operation.
type progress struct {
	Completed       bool    `json:"completed"`
	OperationResult *result `json:"operationResult"`
}

func (h reading) operation(c *call) (answer, *failure) {
	r, found := h.running.find(c.id)
	switch {
	case !found:
		return answer{}, fail(http.StatusNotFound, "Operation not found: '%s'.", c.id)
	case c.stall || h.options.Now().Before(r.ends):
		return reply(progress{}), nil
	default:
		return reply(progress{Completed: true, OperationResult: &r.result}), nil
	}
}

func pauseFor(c *call, d time.Duration) bool { return wire.Pause(c.ctx, d) }

// operationOf is the last step of a path.
func operationOf(path string) string {
	return path[strings.LastIndexByte(path, '/')+1:]
}
