# Makes HDF5 files in memory.
target_link_libraries(test_io_book_hdf5 PRIVATE PkgConfig::HDF5)
