package models

import "context"

// MessageKind is what kind of thing a server says about an operation. Names and
// numbers are Adaxes' MessageType (official).
type MessageKind uint8

// The kinds of message.
const (
	MessageError MessageKind = iota
	MessageWarning
	MessageInformation
	MessageTriggered // an operation that a business rule set off
	MessageApproval  // sent for approval
	MessageAuditFailure
	MessageAuditSuccess
)

// Label names the kind for a person.
func (k MessageKind) Label() string {
	switch k {
	case MessageError:
		return "error"
	case MessageWarning:
		return "warning"
	case MessageTriggered:
		return "set off"
	case MessageApproval:
		return "approval"
	case MessageAuditFailure:
		return "audit failure"
	case MessageAuditSuccess:
		return "audit success"
	default:
		return "information"
	}
}

// Wrong tells the kinds of which a person has to know.
func (k MessageKind) Wrong() bool { return k == MessageError || k == MessageWarning }

// Message is something a server says about an operation beyond yes or no, with
// what lies below it. Texts are the server's and not safe to print raw.
type Message struct {
	Source string // who says it: "Business Rules"; may be empty
	Text   string
	Kind   MessageKind
	Inner  []Message
}

// Listener hears what a server says while a write is under way. A nil function
// is not called.
type Listener struct {
	// Message is called for each message of the answer, in its order.
	Message func(Message)
	// Progress is called when the server says that it is still at work, in
	// words.
	Progress func(words string)
	// Answer is called with the body of the server's answer to the write, as it
	// came, before anything is made of it. It is not safe to print raw, and not
	// the listener's to keep.
	Answer func(body []byte)
	// Quiet is called, on a goroutine of its own, whenever a server has sent nothing
	// for QuietAfter, in words.
	Quiet func(words string)
}

type listenerKey struct{}

// WithListener has the backend tell l what the server says about the write that
// is made with the context. Who listened already goes on hearing all of it.
func WithListener(ctx context.Context, l Listener) context.Context {
	outer, heard := ctx.Value(listenerKey{}).(Listener)
	if heard {
		l = Listener{
			Message:  both(outer.Message, l.Message),
			Progress: both(outer.Progress, l.Progress),
			Answer:   both(outer.Answer, l.Answer),
			Quiet:    both(outer.Quiet, l.Quiet),
		}
	}
	return context.WithValue(ctx, listenerKey{}, l)
}

func both[T any](first, second func(T)) func(T) {
	switch {
	case first == nil:
		return second
	case second == nil:
		return first
	default:
		return func(said T) { first(said); second(said) }
	}
}

// ListenerOf is who listens; one that hears nothing when nobody does.
func ListenerOf(ctx context.Context) Listener {
	l, _ := ctx.Value(listenerKey{}).(Listener)
	if l.Message == nil {
		l.Message = func(Message) {}
	}
	if l.Progress == nil {
		l.Progress = func(string) {}
	}
	if l.Answer == nil {
		l.Answer = func([]byte) {}
	}
	return l
}
