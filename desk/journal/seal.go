package journal

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	"dirdesk/models"
)

// Sealed is the action of an entry that holds a seal.
const Sealed models.Action = "seal the journal"

// SealNamespace is what a seal is signed for, so that a signature for something
// else is none.
const SealNamespace = "dirdesk-journal"

// Seal says how far the journal went at a time, signed by somebody.
type Seal struct {
	Lines     int       `json:"lines"`
	Head      string    `json:"head"` // hash of the last of them
	Time      time.Time `json:"time"`
	Signature string    `json:"signature"` // as ssh-keygen -Y sign gives it, of Text
}

const sealForm = "dirdesk journal seal\nlines %d\nhead %s\ntime %s\n"

// Text is what is signed.
func (s Seal) Text() string {
	return fmt.Sprintf(sealForm, s.Lines, s.Head, s.Time.UTC().Format(time.RFC3339))
}

// String is the text with its signature, to be kept elsewhere.
func (s Seal) String() string { return s.Text() + strings.TrimSpace(s.Signature) + "\n" }

const sealEnd = "-----END SSH SIGNATURE-----"

// ParseSeals reads one or more seals as String gives them.
func ParseSeals(text []byte) (seals []Seal, err error) {
	for rest := bytes.TrimSpace(text); len(rest) > 0; rest = bytes.TrimSpace(rest) {
		one, after, whole := bytes.Cut(rest, []byte(sealEnd))
		var s Seal
		moment := ""
		if n, err := fmt.Sscanf(string(one), sealForm, &s.Lines, &s.Head, &moment); err != nil || n != 3 || !whole {
			return nil, fmt.Errorf("seal %d is not understood", len(seals)+1)
		}
		if s.Time, err = time.Parse(time.RFC3339, moment); err != nil {
			return nil, fmt.Errorf("seal %d: %w", len(seals)+1, err)
		}
		signature, found := strings.CutPrefix(string(one), s.Text())
		if !found {
			return nil, fmt.Errorf("seal %d is not understood", len(seals)+1)
		}
		s.Signature = signature + sealEnd + "\n"
		seals = append(seals, s)
		rest = after
	}
	if len(seals) == 0 {
		return nil, fmt.Errorf("there is no seal")
	}
	return seals, nil
}
