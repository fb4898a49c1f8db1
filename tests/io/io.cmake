# Makes HDF5 files in memory.
target_link_libraries(test_io_book_hdf5 PRIVATE PkgConfig::HDF5)
# Makes pictures of every kind.
target_link_libraries(test_io_image PRIVATE PkgConfig::TIFF PkgConfig::PNG PkgConfig::HDF5 PkgConfig::ZLIB)
