// Package rows holds what is known of one container and shows it as rows. Begin
// at [Listing]: it takes pages as they come, in any order, and says which request
// fills the rows that are on the screen. A [Snapshot] of it is sorted and narrowed
// on the side into an [Order].
package rows
